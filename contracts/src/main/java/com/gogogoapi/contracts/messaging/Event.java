package com.gogogoapi.contracts.messaging;

/**
 * Whatever travels on one of the project's topics. The catalogue of event types ({@code wire.EventType}) lists them all;
 * Java seals only within a package, so a test checks that list instead of the compiler.
 */
public interface Event {}
