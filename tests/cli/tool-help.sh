dcnn --help
dcnn -h >short
dcnn --help | cmp - short
