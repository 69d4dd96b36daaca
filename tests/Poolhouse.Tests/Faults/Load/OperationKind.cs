namespace Poolhouse.Tests.Faults.Load;

/// <summary>What people do while things break.</summary>
internal enum OperationKind
{
    /// <summary>Registering, which mails a code.</summary>
    Register,

    /// <summary>Entering the code of that mail.</summary>
    Confirm,

    /// <summary>Signing in for tokens.</summary>
    SignIn,

    /// <summary>Signing in for a cookie.</summary>
    BeginSession,

    /// <summary>New tokens for a refresh token.</summary>
    Refresh,

    /// <summary>Who am I, by the cookie.</summary>
    ReadSession,

    /// <summary>The profile, by the access token.</summary>
    ReadProfile,

    /// <summary>Another name in the profile.</summary>
    ChangeProfile,

    /// <summary>Ending another session of one's own.</summary>
    RevokeSession,

    /// <summary>Leaving by the cookie or the token that one came with.</summary>
    SignOut,

    /// <summary>Leaving everywhere.</summary>
    SignOutEverywhere,

    /// <summary>Asking for a code to reset the password.</summary>
    AskReset,

    /// <summary>A new password by the code of that mail.</summary>
    Reset,

    /// <summary>A stranger's guess, which never succeeds.</summary>
    Guess,
}

/// <summary>Kinds that clients feel as one.</summary>
internal enum Service
{
    /// <summary>Making an account.</summary>
    SignUp,

    /// <summary>Signing in, for tokens or a cookie.</summary>
    SignIn,

    /// <summary>Refreshing tokens.</summary>
    Refresh,

    /// <summary>Reading with a cookie or a token.</summary>
    Read,

    /// <summary>Whatever else changes something, leaving included.</summary>
    Change,
}

/// <summary>How often what is done.</summary>
internal static class Mix
{
    /// <summary>Shares of each hundred.</summary>
    public static readonly IReadOnlyList<(OperationKind Kind, int Share)> Shares =
    [
        (OperationKind.ReadSession, 24), (OperationKind.Refresh, 13), (OperationKind.SignIn, 11), (OperationKind.ReadProfile, 7), (OperationKind.BeginSession, 9),
        (OperationKind.ChangeProfile, 8), (OperationKind.Register, 7), (OperationKind.Confirm, 7), (OperationKind.RevokeSession, 4), (OperationKind.SignOut, 4),
        (OperationKind.AskReset, 2), (OperationKind.Reset, 2), (OperationKind.SignOutEverywhere, 1), (OperationKind.Guess, 1),
    ];

    /// <summary>What clients feel it as.</summary>
    public static Service ServiceOf(OperationKind kind) => kind switch
    {
        OperationKind.Register or OperationKind.Confirm => Service.SignUp,
        OperationKind.SignIn or OperationKind.BeginSession or OperationKind.Guess => Service.SignIn,
        OperationKind.Refresh => Service.Refresh,
        OperationKind.ReadSession or OperationKind.ReadProfile => Service.Read,
        _ => Service.Change,
    };
}
