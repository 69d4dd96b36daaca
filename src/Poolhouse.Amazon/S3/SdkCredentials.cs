using Amazon.Runtime;

namespace Poolhouse.Amazon.S3;

/// <summary>Our source of keys as the SDK's clients take one. They ask without awaiting, so the keys are read before each request.</summary>
internal sealed class SdkCredentials(IAmazonCredentials credentials) : AWSCredentials
{
    private volatile ImmutableCredentials? _present;

    /// <summary>Reads the keys as they are now.</summary>
    /// <exception cref="AmazonException">There are none, or who gives them doesn't answer.</exception>
    public async Task ReadAsync(CancellationToken ct)
    {
        var keys = await credentials.GetAsync(ct);
        _present = new ImmutableCredentials(keys.AccessKeyId, keys.SecretAccessKey.Reveal(), keys.SessionToken?.Reveal());
    }

    /// <inheritdoc/>
    public override ImmutableCredentials GetCredentials() => _present ?? throw new InvalidOperationException("Keys are read before each request.");
}
