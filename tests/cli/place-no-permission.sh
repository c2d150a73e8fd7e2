# A file that may not be read: exit 5. Root may read everything.
if [ "$(id -u)" -eq 0 ]; then
    echo 'root may read every file'
    exit 77
fi
chmod 000 sound.json
dcnn place sound.json
