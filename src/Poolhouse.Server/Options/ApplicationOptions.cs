using Poolhouse.Core.Accounts;

namespace Poolhouse.Server.Options;

/// <summary>An application of the operator's; one entry of Applications. See docs/account-api.md.</summary>
internal sealed class ApplicationOptions
{
    /// <summary>What people read. Default: the entry's own name.</summary>
    public string? Title { get; set; }

    /// <summary>Its user pool.</summary>
    public string? UserPoolId { get; set; }

    /// <summary>The app client that the account API signs in with; it has no secret and allows USER_PASSWORD_AUTH, USER_AUTH and refresh tokens.</summary>
    public string? ClientId { get; set; }

    /// <summary>Other clients of the pool whose tokens are this application's.</summary>
    public string[] OtherClientIds { get; set; } = [];

    /// <summary>Whether people choose a username: <c>None</c>, <c>Optional</c> (default) or <c>Required</c>.</summary>
    public FieldUse Username { get; set; } = FieldUse.Optional;

    /// <summary>Whether who registers names a sponsor: <c>None</c>, <c>Optional</c> (default) or <c>Required</c>.</summary>
    public FieldUse SponsorCode { get; set; } = FieldUse.Optional;

    /// <summary>Whether who registers needs an invitation: <c>None</c>, <c>Optional</c> (default) or <c>Required</c>.</summary>
    public FieldUse Invitation { get; set; } = FieldUse.Optional;

    /// <summary>Whether users may invite others; operators always may. Default false.</summary>
    public bool UsersMayInvite { get; set; }

    /// <summary>How many people a user may invite in 24 hours where users may, 1–10,000. Default 20.</summary>
    public int InvitesPerDay { get; set; } = 20;

    /// <summary>How who registers proves the address: by a <c>Code</c> to type (default), or by a <c>Link</c> to follow.</summary>
    public ConfirmationWay ConfirmBy { get; set; } = ConfirmationWay.Code;

    /// <summary>Whether registering with a known address says so. Default false: it is answered alike, and its owner gets a mail.</summary>
    public bool RevealExistingAccounts { get; set; }

    /// <summary>Least length of passwords where the application wants more than its pool, 6–99. Default: what the pool wants.</summary>
    public int? PasswordLength { get; set; }

    /// <summary>Whether passwords that were published are refused. Default false: the password check tells of them.</summary>
    public bool RefuseBreachedPasswords { get; set; }

    /// <summary>Whether sign-ins say that security questions are wanted until they are answered. Default false.</summary>
    public bool RequireSecurityQuestions { get; set; }

    /// <summary>Address or URL shown to people who can't go on. Default: none.</summary>
    public string? SupportContact { get; set; }
}
