#!/bin/sh
# Makes a certificate authority of the office and a certificate for the server of the tablets; needs only openssl.
#   sh certificate.sh danhgia.example.vn 192.168.1.10 [folder]
# Install ca.crt on every tablet, server.crt and server.key on the server; lock ca.key away. Run again to renew the server's.
set -eu
umask 077
if [ $# -lt 2 ]; then
    echo "usage: sh certificate.sh NAME ADDRESS [FOLDER]" >&2
    exit 2
fi
name=$1 address=$2 folder=${3:-tls}
mkdir -p "$folder"
cd "$folder"
if [ ! -e ca.key ]; then
    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 -days 3650 \
        -keyout ca.key -out ca.crt -subj "/CN=Feedback Service, $name" \
        -addext "basicConstraints=critical,CA:TRUE,pathlen:0" -addext "keyUsage=critical,keyCertSign,cRLSign" \
        -addext "nameConstraints=critical,permitted;DNS:$name,permitted;IP:$address/255.255.255.255" 2>/dev/null
fi
openssl req -new -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -sha256 \
    -keyout server.key -out server.csr -subj "/CN=$name" 2>/dev/null
cat > server.ext <<END
basicConstraints=critical,CA:FALSE
keyUsage=critical,digitalSignature
extendedKeyUsage=serverAuth
subjectAltName=DNS:$name,IP:$address
END
openssl x509 -req -in server.csr -CA ca.crt -CAkey ca.key -CAcreateserial -sha256 -days 397 \
    -extfile server.ext -out server.crt 2>/dev/null
rm -f server.csr server.ext
chmod 644 ca.crt server.crt
openssl verify -CAfile ca.crt server.crt >/dev/null
echo "ca.crt for the tablets, server.crt and server.key for the server, in $(pwd). Lock ca.key away."
