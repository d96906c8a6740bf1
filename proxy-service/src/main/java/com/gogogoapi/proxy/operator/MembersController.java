package com.gogogoapi.proxy.operator;

import com.gogogoapi.proxy.accounts.AccountRequests;
import com.gogogoapi.proxy.keys.Operator;
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

/** Any account's members, for operators: as its owner could, and the first owner, whom nobody else can invite. */
@RestController("operatorMembersController")
@RequestMapping({"/v1/operator/accounts/{account}", "/api/v1/operator/accounts/{account}"})
class MembersController {

    private final AccountRequests requests;

    MembersController(AccountRequests requests) {
        this.requests = requests;
    }

    /** What it is called, and whether it is a person's or an organisation's. */
    @GetMapping("/profile")
    ResponseEntity<byte[]> profile(@PathVariable String account, HttpServletRequest request) throws IOException {
        return pass(account, "/profile", request);
    }

    @PostMapping("/organisation")
    ResponseEntity<byte[]> becomeOrganisation(@PathVariable String account, HttpServletRequest request)
            throws IOException {
        return pass(account, "/organisation", request);
    }

    @GetMapping("/members")
    @QueryParameters({"limit", "cursor"})
    ResponseEntity<byte[]> members(@PathVariable String account, HttpServletRequest request) throws IOException {
        return pass(account, "/members", request);
    }

    @PatchMapping("/members/{member}")
    ResponseEntity<byte[]> change(@PathVariable String account, @PathVariable String member, HttpServletRequest request)
            throws IOException {
        return pass(account, AccountRequests.member(member), request);
    }

    @GetMapping("/members/{member}/limits")
    ResponseEntity<byte[]> limits(@PathVariable String account, @PathVariable String member, HttpServletRequest request)
            throws IOException {
        return pass(account, AccountRequests.member(member) + "/limits", request);
    }

    @PutMapping("/members/{member}/limits")
    ResponseEntity<byte[]> limit(@PathVariable String account, @PathVariable String member, HttpServletRequest request)
            throws IOException {
        return pass(account, AccountRequests.member(member) + "/limits", request);
    }

    @PostMapping("/members/{member}/removal")
    ResponseEntity<byte[]> remove(@PathVariable String account, @PathVariable String member, HttpServletRequest request)
            throws IOException {
        return pass(account, AccountRequests.member(member) + "/removal", request);
    }

    @GetMapping("/invitations")
    @QueryParameters({"limit", "cursor"})
    ResponseEntity<byte[]> invitations(@PathVariable String account, HttpServletRequest request) throws IOException {
        return pass(account, "/invitations", request);
    }

    /** A link that signs a member in, or the first owner of an account without members, to hand over. */
    @PostMapping("/sign-in-links")
    ResponseEntity<byte[]> signInLink(@PathVariable String account, HttpServletRequest request) throws IOException {
        return pass(account, "/sign-in-links", request);
    }

    @PostMapping("/invitations")
    ResponseEntity<byte[]> invite(@PathVariable String account, HttpServletRequest request) throws IOException {
        return pass(account, "/invitations", request);
    }

    @DeleteMapping("/invitations/{invitation}")
    ResponseEntity<byte[]> revoke(
            @PathVariable String account, @PathVariable String invitation, HttpServletRequest request)
            throws IOException {
        return pass(account, AccountRequests.invitation(invitation), request);
    }

    private ResponseEntity<byte[]> pass(String account, String what, HttpServletRequest request) throws IOException {
        return requests.pass(Operator.of(request).name(), AccountRequests.pathOf(account) + what, request);
    }
}
