package com.gogogoapi.embedded;

/** How to reach one database, and as whom. */
public record Database(String jdbcUrl, String username, String password) {

    /** All of it in one URL, for programs that take nothing else. */
    public String urlWithLogin() {
        return jdbcUrl + "?user=" + username + "&password=" + password;
    }

    /** Its name on its server. */
    public String name() {
        return jdbcUrl.substring(jdbcUrl.lastIndexOf('/') + 1);
    }
}
