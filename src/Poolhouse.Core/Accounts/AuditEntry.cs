using Poolhouse.Core.Sessions;

namespace Poolhouse.Core.Accounts;

/// <summary>Something that happened to or by an account and that somebody may have to account for. Holds no secret, code, token or address of mail.</summary>
public sealed record AuditEntry
{
    /// <summary>A UUID.</summary>
    public required string Id { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The application.</summary>
    public required string Application { get; init; }

    /// <summary>What happened, dotted: <c>session.created</c>, <c>kyc.viewed</c>.</summary>
    public required string Kind { get; init; }

    /// <summary>Whose account it happened to; null where it is nobody's.</summary>
    public AccountId? Account { get; init; }

    /// <summary>Who did it; null for a stranger or the system.</summary>
    public AccountId? Actor { get; init; }

    /// <summary>The id of the thing it is about, such as a document; null where there is none.</summary>
    public string? Subject { get; init; }

    /// <summary>The network address, as an audit needs it; null where there is none.</summary>
    public string? Address { get; init; }

    /// <summary>Browser and system in words; null where there is none.</summary>
    public string? Device { get; init; }

    /// <summary>The request's id; null where there was none.</summary>
    public string? RequestId { get; init; }

    /// <summary>An entry with what its request says of where it came from.</summary>
    public static AuditEntry Of(string id, DateTimeOffset at, string application, string kind, AccountId? account, AccountId? actor, string? subject, Origin origin) => new()
    {
        Id = id,
        At = at,
        Application = application,
        Kind = kind,
        Account = account,
        Actor = actor,
        Subject = subject,
        Address = origin.Address?.ToString(),
        Device = origin.UserAgent is null ? null : origin.Device,
        RequestId = origin.RequestId,
    };
}
