package com.gogogoapi.account.publication;

/** To be told when a key changed; being told late or never costs a second, not the publication. */
public interface KeysChanged {
    void keysChanged();
}
