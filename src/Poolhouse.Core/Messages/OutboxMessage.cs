using Poolhouse.Core.Primitives;

namespace Poolhouse.Core.Messages;

/// <summary>A message to send, written in the transaction that caused it. Sealed at rest: it holds a code.</summary>
public sealed record OutboxMessage
{
    /// <summary>A UUID; also the mail's Message-ID and the mailbox's key, so that a repeated send is recognised.</summary>
    public required string Id { get; init; }

    /// <summary>The pool that sends it.</summary>
    public required PoolId PoolId { get; init; }

    /// <summary>What it says.</summary>
    public required MessageKind Kind { get; init; }

    /// <summary>Mail or SMS.</summary>
    public required MessageChannel Channel { get; init; }

    /// <summary>Address or phone number.</summary>
    public required string To { get; init; }

    /// <summary>The code or temporary password it carries; null when it carries none.</summary>
    public string? Code { get; init; }

    /// <summary>For <c>{username}</c>.</summary>
    public string Username { get; init; } = "";

    /// <summary>Where the mail's button leads; null for a mail without one.</summary>
    public string? Link { get; init; }

    /// <summary>For <c>{application}</c>: its title; null for a pool's own messages.</summary>
    public string? Application { get; init; }

    /// <summary>What a notice tells beside its text, in the order of its kind; null for messages that are no notices.</summary>
    public IReadOnlyList<string>? Details { get; init; }

    /// <summary>The recipient's language tag; null means the server's default.</summary>
    public string? Locale { get; init; }

    /// <summary>The pool's own subject, with placeholders; null means the built-in one.</summary>
    public string? Subject { get; init; }

    /// <summary>The pool's own HTML (mail) or text (SMS), with placeholders; null means the built-in one.</summary>
    public string? Body { get; init; }

    /// <summary>The pool's sender; null means the server's default.</summary>
    public string? From { get; init; }

    /// <summary>Where answers go; null means the sender.</summary>
    public string? ReplyTo { get; init; }

    /// <summary>When the message was caused.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>After this it is not sent any more: its code has expired.</summary>
    public required DateTimeOffset NotAfter { get; init; }

    /// <summary>The function that sends it in this server's place; null where none does.</summary>
    public CustomSender? Sender { get; init; }

    /// <summary>A newer message with the same key makes this one pointless if it is still unsent; null means none does.</summary>
    public string? SupersedeKey { get; init; }

    /// <summary>The activity that caused it, as in the header traceparent (W3C Trace Context §3.2); null where nothing is traced.</summary>
    public string? TraceParent { get; init; }
}

/// <summary>What a message says; one template each.</summary>
public enum MessageKind
{
    /// <summary>The code that confirms a sign-up.</summary>
    SignUpCode,

    /// <summary>The code that resets a password.</summary>
    PasswordResetCode,

    /// <summary>The code that proves an e-mail address or phone number.</summary>
    AttributeVerificationCode,

    /// <summary>The code that signs in who has no password, or does not use it.</summary>
    SignInCode,

    /// <summary>The code that is asked for beside a right password.</summary>
    SecondFactorCode,

    /// <summary>An account made by an administrator, with its temporary password.</summary>
    Invitation,

    /// <summary>A sign-in that was unusual. Details: time, device, address.</summary>
    SignInNoticed,

    /// <summary>A sign-in that was unusual and blocked. Details: time, device, address.</summary>
    SignInBlocked,

    /// <summary>The code that proves an account which is to be linked to one of another application.</summary>
    LinkCode,

    /// <summary>The account was linked to another. Details: time, device, address, the other application's title.</summary>
    AccountsLinked,

    /// <summary>A link of the account has ended. Details: time, device, address, the other application's title.</summary>
    AccountsUnlinked,
    /// <summary>An invitation to make an account, with a link.</summary>
    AccountInvitation,

    /// <summary>A link that confirms a new account.</summary>
    AccountConfirmation,
}

/// <summary>How a message travels.</summary>
public enum MessageChannel
{
    /// <summary>Mail.</summary>
    Email,

    /// <summary>Text message.</summary>
    Sms,
}
