/* A disk on which only synced bytes survive.
 *
 * Preloaded into a server, this library lets every write through and, at each fsync and fdatasync of a file below
 * SYNCED_FROM, copies that file as it is at that moment to the same name below SYNCED_TO. When the power "fails", the
 * second folder holds what a disk that keeps nothing else would hold: the worst case that the system calls allow.
 * Unlinking and truncating are not synced by themselves and are therefore not followed.
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int copied(int file, const char *target) {
    char draft[4200], block[65536];
    struct stat state;
    off_t at = 0;
    if (fstat(file, &state) != 0 || !S_ISREG(state.st_mode)) return 0;
    snprintf(draft, sizeof draft, "%s.%d.%d", target, getpid(), file);
    int out = open(draft, O_WRONLY | O_CREAT | O_TRUNC, 0600);
    if (out < 0) return -1;
    while (at < state.st_size) {
        ssize_t got = pread(file, block, sizeof block, at);
        if (got <= 0) break;
        if (write(out, block, (size_t)got) != got) { close(out); return -1; }
        at += got;
    }
    close(out);
    return rename(draft, target);
}

static void keep(int file) {
    const char *from = getenv("SYNCED_FROM"), *to = getenv("SYNCED_TO");
    char link[64], path[4096], target[4160];
    if (!from || !to) return;
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length <= 0) return;
    path[length] = 0;
    size_t prefix = strlen(from);
    if (strncmp(path, from, prefix) != 0 || path[prefix] != '/' || strchr(path + prefix + 1, '/')) return;
    snprintf(target, sizeof target, "%s/%s", to, path + prefix + 1);
    if (copied(file, target) != 0) abort();
}

int fsync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fsync");
    int outcome = real(file);
    if (outcome == 0) keep(file);
    return outcome;
}

int fdatasync(int file) {
    static int (*real)(int);
    if (!real) real = (int (*)(int))dlsym(RTLD_NEXT, "fdatasync");
    int outcome = real(file);
    if (outcome == 0) keep(file);
    return outcome;
}
