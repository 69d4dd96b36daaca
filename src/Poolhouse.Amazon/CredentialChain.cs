using Amazon.Runtime;
using Amazon.Runtime.Credentials;

namespace Poolhouse.Amazon;

/// <summary>
/// Keys for a request to AWS: the given ones, or those in AWS's usual places in the order of its SDKs (environment, shared profile, web identity, container,
/// instance). Keys of a role have an end; the SDK renews them some minutes before it, so they are asked for before every request and never kept.
/// </summary>
/// <param name="given">Null for the usual places.</param>
public sealed class CredentialChain(AWSCredentials? given) : IDisposable
{
    private readonly DefaultAWSCredentialsIdentityResolver _resolver = new();

    /// <summary>The keys as they are now; null when there are none or whoever gives them is away. The SDK says why in its own exception, which may name accounts and is not kept.</summary>
    public async Task<ImmutableCredentials?> FindAsync(CancellationToken ct)
    {
        try
        {
            var credentials = given ?? await _resolver.ResolveIdentityAsync(null, ct);
            return await credentials.GetCredentialsAsync().WaitAsync(ct);
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException or HttpRequestException or IOException or InvalidOperationException)
        {
            return null;
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _resolver.Dispose();
}
