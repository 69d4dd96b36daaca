namespace Poolhouse.Amazon.Ses;

/// <summary>What SES said to a message.</summary>
public abstract record SesOutcome
{
    private SesOutcome() { }

    /// <summary>SES took responsibility for it.</summary>
    public sealed record Accepted : SesOutcome
    {
        /// <summary>The one instance.</summary>
        public static readonly Accepted Instance = new();
    }

    /// <summary>SES will never take this message. The reason is a short code such as <c>ses-message-rejected</c>; it holds nothing personal.</summary>
    public sealed record Refused(string Reason) : SesOutcome;

    /// <summary>SES may take it later, or may have taken it already without our hearing of it. The reason is as above.</summary>
    public sealed record Unavailable(string Reason) : SesOutcome;
}
