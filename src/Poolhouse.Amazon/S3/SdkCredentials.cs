using Amazon.Runtime;

namespace Poolhouse.Amazon.S3;

/// <summary>Our source of keys as the SDK's clients take one; they ask it before each request.</summary>
internal sealed class SdkCredentials(IAmazonCredentials credentials) : AWSCredentials
{
    /// <inheritdoc/>
    public override async Task<ImmutableCredentials> GetCredentialsAsync()
    {
        var keys = await credentials.GetAsync(CancellationToken.None);
        return new ImmutableCredentials(keys.AccessKeyId, keys.SecretAccessKey.Reveal(), keys.SessionToken?.Reveal());
    }

    /// <inheritdoc/>
    /// <exception cref="NotSupportedException">Always: nothing here asks without awaiting.</exception>
    public override ImmutableCredentials GetCredentials() => throw new NotSupportedException("Keys are asked for asynchronously.");
}
