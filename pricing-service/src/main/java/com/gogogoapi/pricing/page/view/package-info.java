/**
 * What the templates show: a small record for each part of the page, with every text, number and moment as a person reads
 * it, and nothing escaped. Public because templates are compiled into packages of their own.
 */
@NullMarked
package com.gogogoapi.pricing.page.view;

import org.jspecify.annotations.NullMarked;
