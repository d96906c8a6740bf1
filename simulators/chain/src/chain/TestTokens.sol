// SPDX-License-Identifier: MIT
pragma solidity ^0.8.26;

import {ERC20} from "@openzeppelin/contracts/token/ERC20/ERC20.sol";
import {ERC3009} from "@openzeppelin/contracts/token/ERC20/extensions/draft-ERC3009.sol";
import {EIP712} from "@openzeppelin/contracts/utils/cryptography/EIP712.sol";
import {ERC721} from "@openzeppelin/contracts/token/ERC721/ERC721.sol";
import {SafeERC20, IERC20} from "@openzeppelin/contracts/token/ERC20/utils/SafeERC20.sol";

/// As USDC is, as far as a deposit can tell: 6 decimals, authorizations of EIP-3009, can be paused, has a blacklist.
contract UsdcLike is ERC20, ERC3009 {
    bool public paused;
    mapping(address => bool) public isBlacklisted;

    constructor() ERC20("USD Coin", "USDC") EIP712("USD Coin", "2") {}

    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }

    function setPaused(bool to) external {
        paused = to;
    }

    function setBlacklisted(address who, bool to) external {
        isBlacklisted[who] = to;
    }

    function _update(address from, address to, uint256 amount) internal override {
        require(!paused, "paused");
        require(!isBlacklisted[from] && !isBlacklisted[to], "blacklisted");
        super._update(from, to, amount);
    }
}

/// As USDT is on Ethereum: its transfer returns nothing, and a fee can be switched on.
contract UsdtLike {
    string public constant name = "Tether USD";
    string public constant symbol = "USDT";
    uint8 public constant decimals = 6;
    uint256 public basisPointsRate;
    bool public paused;
    mapping(address => bool) public isBlackListed;
    mapping(address => uint256) public balanceOf;
    mapping(address => mapping(address => uint256)) public allowance;

    event Transfer(address indexed from, address indexed to, uint256 value);
    event Approval(address indexed owner, address indexed spender, uint256 value);

    function mint(address to, uint256 amount) external {
        balanceOf[to] += amount;
        emit Transfer(address(0), to, amount);
    }

    function setFee(uint256 basisPoints) external {
        basisPointsRate = basisPoints;
    }

    function setPaused(bool to) external {
        paused = to;
    }

    function setBlackListed(address who, bool to) external {
        isBlackListed[who] = to;
    }

    function approve(address spender, uint256 amount) external {
        allowance[msg.sender][spender] = amount;
        emit Approval(msg.sender, spender, amount);
    }

    function transfer(address to, uint256 amount) external {
        move(msg.sender, to, amount);
    }

    function transferFrom(address from, address to, uint256 amount) external {
        allowance[from][msg.sender] -= amount;
        move(from, to, amount);
    }

    function move(address from, address to, uint256 amount) private {
        require(!paused && !isBlackListed[from], "stopped");
        uint256 fee = amount * basisPointsRate / 10_000;
        balanceOf[from] -= amount;
        balanceOf[to] += amount - fee;
        balanceOf[address(this)] += fee;
        emit Transfer(from, to, amount - fee);
        if (fee > 0) {
            emit Transfer(from, address(this), fee);
        }
    }
}

/// A stablecoin of 18 decimals, as they are on some chains.
contract Dollar18 is ERC20("Dollar", "DOL") {
    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// Calls itself USD Coin and is none.
contract FakeUsdc is ERC20("USD Coin", "USDC") {
    function decimals() public pure override returns (uint8) {
        return 6;
    }

    function mint(address to, uint256 amount) external {
        _mint(to, amount);
    }
}

/// A thing by itself, whose transfers are named as a token's are.
contract Collectible is ERC721("Collectible", "COL") {
    function mint(address to, uint256 id) external {
        _mint(to, id);
    }
}

/// Pays many in one transaction, as exchanges do.
contract Payer {
    function pay(address token, address[] calldata to, uint256 amount) external {
        for (uint256 i = 0; i < to.length; i++) {
            SafeERC20.safeTransfer(IERC20(token), to[i], amount);
        }
    }

    function payCoin(address payable to) external payable {
        to.transfer(msg.value);
    }
}
