/* A disk that refuses, whenever somebody asks for it.
 *
 * Preloaded into a server, this library reads one byte of the file REFUSING_FLAG (mapped once) at each call that would
 * change a file below REFUSING_BELOW: 0 lets it through, anything else fails it with that number as the error, such as
 * EROFS when the kernel has remounted a failing disk read-only, or EIO.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const volatile unsigned char *flag;

__attribute__((constructor)) static void begin(void) {
    const char *name = getenv("REFUSING_FLAG");
    int file = name ? open(name, O_RDONLY) : -1;
    if (file < 0) return;
    void *mapped = mmap(NULL, 1, PROT_READ, MAP_SHARED, file, 0);
    if (mapped != MAP_FAILED) flag = mapped;
    close(file);
}

static int is_below(const char *path) {
    const char *folder = getenv("REFUSING_BELOW");
    size_t length = folder ? strlen(folder) : 0;
    return length && strncmp(path, folder, length) == 0 && path[length] == '/';
}

static int refused_path(const char *path) {
    if (!flag || !*flag || !is_below(path)) return 0;
    errno = *flag;
    return 1;
}

static int refused(int file) {
    char link[64], path[4096];
    if (!flag || !*flag) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return 0;
    path[length] = 0;
    return refused_path(path);
}

#define REAL(name, ...) \
    static __typeof__(name) *real; \
    if (!real) real = (__typeof__(name) *)dlsym(RTLD_NEXT, #name); \
    return real(__VA_ARGS__)

ssize_t write(int file, const void *data, size_t size) {
    if (refused(file)) return -1;
    REAL(write, file, data, size);
}
ssize_t pwrite(int file, const void *data, size_t size, off_t at) {
    if (refused(file)) return -1;
    REAL(pwrite, file, data, size, at);
}
ssize_t pwrite64(int file, const void *data, size_t size, off64_t at) {
    if (refused(file)) return -1;
    REAL(pwrite64, file, data, size, at);
}
int ftruncate(int file, off_t size) {
    if (refused(file)) return -1;
    REAL(ftruncate, file, size);
}
int ftruncate64(int file, off64_t size) {
    if (refused(file)) return -1;
    REAL(ftruncate64, file, size);
}
int fsync(int file) {
    if (refused(file)) return -1;
    REAL(fsync, file);
}
int fdatasync(int file) {
    if (refused(file)) return -1;
    REAL(fdatasync, file);
}
int unlink(const char *path) {
    if (refused_path(path)) return -1;
    REAL(unlink, path);
}
int rename(const char *from, const char *to) {
    if (refused_path(to)) return -1;
    REAL(rename, from, to);
}
int mkdir(const char *path, mode_t mode) {
    if (refused_path(path)) return -1;
    REAL(mkdir, path, mode);
}

#define OPENING(name) \
    int name(const char *path, int how, ...) { \
        va_list more; \
        va_start(more, how); \
        mode_t mode = va_arg(more, int); \
        va_end(more); \
        if ((how & (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)) && refused_path(path)) return -1; \
        REAL(name, path, how, mode); \
    }
OPENING(open)
OPENING(open64)
