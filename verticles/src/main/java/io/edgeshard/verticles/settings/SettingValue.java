package io.edgeshard.verticles.settings;

/**
 * What a setting is, and since where.
 *
 * @param text as it was written
 * @param origin where it was set
 */
public record SettingValue(String text, Origin origin) {}
