using Poolhouse.Core.Pools;
using Poolhouse.Core.Users.Attributes;

namespace Poolhouse.Core.Users;

/// <summary>Why a username has the wrong form.</summary>
public enum UsernameProblem
{
    /// <summary>An e-mail address where e-mail is an alias: it could be taken for somebody else's alias.</summary>
    LooksLikeEmailAlias,

    /// <summary>A phone number where the phone number is an alias.</summary>
    LooksLikePhoneAlias,

    /// <summary>Not an e-mail address where that is the username.</summary>
    NotEmail,

    /// <summary>Not a phone number where that is the username.</summary>
    NotPhoneNumber,

    /// <summary>Neither, where either is the username.</summary>
    NotEmailOrPhoneNumber,
}

/// <summary>What a pool accepts as a username.</summary>
public static class UsernameRules
{
    /// <summary>The problem with a name, or null. In pools where attributes are usernames, a sub is no name to sign up with.</summary>
    public static UsernameProblem? Check(UserPool pool, string username)
    {
        var isEmail = Addresses.IsEmail(username);
        var isPhone = Addresses.IsPhoneNumber(username);
        if (!pool.UsesAttributesAsUsername)
        {
            if (isEmail && pool.AliasAttributes.Contains("email")) return UsernameProblem.LooksLikeEmailAlias;
            return isPhone && pool.AliasAttributes.Contains("phone_number") ? UsernameProblem.LooksLikePhoneAlias : null;
        }

        return (pool.UsernameAttributes.Contains("email"), pool.UsernameAttributes.Contains("phone_number")) switch
        {
            (true, true) => isEmail || isPhone ? null : UsernameProblem.NotEmailOrPhoneNumber,
            (true, false) => isEmail ? null : UsernameProblem.NotEmail,
            _ => isPhone ? null : UsernameProblem.NotPhoneNumber,
        };
    }

    /// <summary>The attribute that a username is, in pools where attributes are usernames; null elsewhere.</summary>
    public static string? AttributeOf(UserPool pool, string username)
    {
        if (!pool.UsesAttributesAsUsername) return null;
        return Addresses.IsEmail(username) ? "email" : "phone_number";
    }
}
