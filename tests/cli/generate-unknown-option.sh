dcnn generate --frobnicate
