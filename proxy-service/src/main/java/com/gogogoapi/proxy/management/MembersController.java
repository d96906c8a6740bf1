package com.gogogoapi.proxy.management;

import com.gogogoapi.proxy.accounts.AccountRequests;
import com.gogogoapi.proxy.keys.Authentication;
import com.gogogoapi.proxy.parameters.QueryParameters;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The account of the key that calls: what it is, and who its members are. */
@RestController
@RequestMapping({"/v1", "/api/v1"})
class MembersController {

    private final Authentication authentication;
    private final AccountRequests requests;

    MembersController(Authentication authentication, AccountRequests requests) {
        this.authentication = authentication;
        this.requests = requests;
    }

    /** The account, and what the calling key's member is in it. */
    @GetMapping("/account")
    ResponseEntity<byte[]> account(HttpServletRequest request) throws IOException {
        return pass("/profile", request);
    }

    /** Makes a personal account an organisation's, in place. */
    @PostMapping("/account/organisation")
    ResponseEntity<byte[]> becomeOrganisation(HttpServletRequest request) throws IOException {
        return pass("/organisation", request);
    }

    @GetMapping("/members")
    @QueryParameters({"limit", "cursor"})
    ResponseEntity<byte[]> members(HttpServletRequest request) throws IOException {
        return pass("/members", request);
    }

    @PatchMapping("/members/{member}")
    ResponseEntity<byte[]> change(@PathVariable String member, HttpServletRequest request) throws IOException {
        return pass(AccountRequests.member(member), request);
    }

    /** What the account set for all of its keys together; what operators set for it holds as well. */
    @GetMapping("/account/limits")
    ResponseEntity<byte[]> accountLimits(HttpServletRequest request) throws IOException {
        return pass("/own-limits", request);
    }

    @PutMapping("/account/limits")
    ResponseEntity<byte[]> limitAccount(HttpServletRequest request) throws IOException {
        return pass("/own-limits", request);
    }

    /** For all keys of a member together. */
    @GetMapping("/members/{member}/limits")
    ResponseEntity<byte[]> limits(@PathVariable String member, HttpServletRequest request) throws IOException {
        return pass(AccountRequests.member(member) + "/limits", request);
    }

    @PutMapping("/members/{member}/limits")
    ResponseEntity<byte[]> limit(@PathVariable String member, HttpServletRequest request) throws IOException {
        return pass(AccountRequests.member(member) + "/limits", request);
    }

    /** Removes a member, or leaves. */
    @PostMapping("/members/{member}/removal")
    ResponseEntity<byte[]> remove(@PathVariable String member, HttpServletRequest request) throws IOException {
        return pass(AccountRequests.member(member) + "/removal", request);
    }

    @GetMapping("/invitations")
    @QueryParameters({"limit", "cursor"})
    ResponseEntity<byte[]> invitations(HttpServletRequest request) throws IOException {
        return pass("/invitations", request);
    }

    @PostMapping("/invitations")
    ResponseEntity<byte[]> invite(HttpServletRequest request) throws IOException {
        return pass("/invitations", request);
    }

    @DeleteMapping("/invitations/{invitation}")
    ResponseEntity<byte[]> revoke(@PathVariable String invitation, HttpServletRequest request) throws IOException {
        return pass(AccountRequests.invitation(invitation), request);
    }

    private ResponseEntity<byte[]> pass(String what, HttpServletRequest request) throws IOException {
        var caller = authentication.anyCaller(request);
        return requests.pass(caller, AccountRequests.pathOf(caller.account().value()) + what, request);
    }
}
