using System.Globalization;

namespace Poolhouse.Core.SigV4;

/// <summary>What AWS says to each failed outcome.</summary>
public static class SignatureMessages
{
    private const string DoesNotMatch =
        "The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and " +
        "signing method. Consult the service documentation for details.";

    /// <summary>The public message for an outcome.</summary>
    /// <param name="outcome">What <see cref="SignatureV4.Verify"/> answered; for Valid there is nothing to say.</param>
    /// <param name="parsed">The header that was checked.</param>
    /// <param name="request">The request that was checked.</param>
    /// <param name="expected">The scope that was required.</param>
    /// <param name="now">The time it was checked.</param>
    public static string For(
        SignatureOutcome outcome, AuthorizationHeader.Parsed parsed, SignedRequest request, ExpectedScope expected, DateTimeOffset now) => outcome switch
        {
            SignatureOutcome.Expired =>
                $"Signature expired: {Signed(request)} is now earlier than {Basic(now - SignatureV4.Skew)} ({Basic(now)} - 5 min.)",
            SignatureOutcome.NotYetValid =>
                $"Signature not yet current: {Signed(request)} is still later than {Basic(now + SignatureV4.Skew)} ({Basic(now)} + 5 min.)",
            SignatureOutcome.ScopeMismatch => Scope(parsed.Credential, request, expected),
            SignatureOutcome.HeaderNotSigned =>
                "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization, as must every 'x-amz-' header that is sent " +
                "and the date.",
            SignatureOutcome.MalformedDate =>
                "Date must be in ISO-8601 'basic format'. See http://en.wikipedia.org/wiki/ISO_8601",
            _ => DoesNotMatch,
        };

    private static string Scope(CredentialScope scope, SignedRequest request, ExpectedScope expected)
    {
        if (scope.Terminator != SignatureV4.Terminator)
            return $"Credential should be scoped with a valid terminator: '{SignatureV4.Terminator}', not '{scope.Terminator}'.";
        if (scope.Service != expected.Service) return $"Credential should be scoped to correct service: '{expected.Service}'. ";
        if (expected.Region is not null && scope.Region != expected.Region) return "Credential should be scoped to a valid region. ";
        var signed = Signed(request);
        var day = signed[..Math.Min(8, signed.Length)];
        return $"Date in Credential scope does not match YYYYMMDD from ISO-8601 version of date from HTTP: '{scope.Date}' != '{day}', from '{signed}'.";
    }

    private static string Signed(SignedRequest request) =>
        SignatureDate.TryRead(request, out var at, out _) ? Basic(at) : "";

    private static string Basic(DateTimeOffset at) => at.ToString(SignatureDate.Format, CultureInfo.InvariantCulture);
}
