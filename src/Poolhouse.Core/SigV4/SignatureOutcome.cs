namespace Poolhouse.Core.SigV4;

/// <summary>What checking a signature came to. All but the first are InvalidSignatureException, with <see cref="SignatureMessages"/>.</summary>
public enum SignatureOutcome
{
    /// <summary>The holder of the secret signed this request, now, for this service.</summary>
    Valid,

    /// <summary>Another secret, or another request.</summary>
    SignatureDoesNotMatch,

    /// <summary>Signed more than five minutes ago.</summary>
    Expired,

    /// <summary>Signed more than five minutes ahead.</summary>
    NotYetValid,

    /// <summary>Signed for another region, service, day or kind of request.</summary>
    ScopeMismatch,

    /// <summary>A header that must be covered is not, or a covered one is absent.</summary>
    HeaderNotSigned,

    /// <summary>The body is not the one whose hash was signed.</summary>
    BodyHashMismatch,

    /// <summary>The date header cannot be read.</summary>
    MalformedDate,
}
