using Poolhouse.Core.Accounts;

namespace Poolhouse.Server.Options;

/// <summary>Who runs a pool.</summary>
internal enum PoolOwner
{
    /// <summary>This server.</summary>
    Local,

    /// <summary>Amazon Cognito, or what speaks its protocol.</summary>
    Amazon,
}

/// <summary>An application of the operator's; one entry of Applications. See docs/account-api.md.</summary>
internal sealed class ApplicationOptions
{
    /// <summary>What people read. Default: the entry's own name.</summary>
    public string? Title { get; set; }

    /// <summary>Its user pool.</summary>
    public string? UserPoolId { get; set; }

    /// <summary>Whose the pool is: of this server (<c>Local</c>, default), or <c>Amazon</c>'s. See docs/amazon.md.</summary>
    public PoolOwner Pool { get; set; }

    /// <summary>
    /// The app client that the account API signs in with; it allows USER_PASSWORD_AUTH, USER_AUTH and refresh tokens, and has no secret if the pool is of
    /// this server.
    /// </summary>
    public string? ClientId { get; set; }

    /// <summary>The client's secret, for Amazon's pools. Default: it has none.</summary>
    public string? ClientSecret { get; set; }

    /// <summary>File that holds <see cref="ClientSecret"/>.</summary>
    public string? ClientSecretFile { get; set; }

    /// <summary>Where Amazon's pool is called. Default: <c>AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER</c>, <c>AWS_ENDPOINT_URL</c>, or Amazon's endpoint of the pool's region.</summary>
    public string? Endpoint { get; set; }

    /// <summary>The <c>iss</c> of the pool's tokens without the pool's id. Default: Amazon's; the endpoint where that is none of Amazon's.</summary>
    public string? Issuer { get; set; }

    /// <summary>Seconds for which Amazon's word on an access token is believed, 0–300; within them a sign-out at Amazon itself is not felt. Default 5.</summary>
    public double RevocationSeconds { get; set; } = 5;

    /// <summary>Seconds for a call to Amazon with everything that is repeated, 0.5–60. Default 10.</summary>
    public double TimeoutSeconds { get; set; } = 10;

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
