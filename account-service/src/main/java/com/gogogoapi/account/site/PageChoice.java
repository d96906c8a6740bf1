package com.gogogoapi.account.site;

/** Pages of which there are several, of which each installation has one. */
public interface PageChoice {

    /** The file that is shown for a page. */
    String chosen(String page);
}
