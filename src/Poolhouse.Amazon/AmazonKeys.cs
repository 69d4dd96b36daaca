using Amazon.Runtime;
using Amazon.Runtime.Credentials;
using Poolhouse.Core.Primitives;

namespace Poolhouse.Amazon;

/// <summary>What signs a request.</summary>
/// <param name="AccessKeyId">Whose.</param>
/// <param name="SecretAccessKey">Signs.</param>
/// <param name="SessionToken">Goes along with temporary ones; null for lasting ones.</param>
public sealed record AmazonKeys(string AccessKeyId, Secret SecretAccessKey, Secret? SessionToken);

/// <summary>Where keys come from.</summary>
public interface IAmazonCredentials
{
    /// <summary>The keys of now; temporary ones are renewed in time.</summary>
    /// <exception cref="AmazonException">There are none, or who gives them doesn't answer.</exception>
    ValueTask<AmazonKeys> GetAsync(CancellationToken ct);
}

/// <summary>Keys that the operator wrote down, such as those of a .env file, which the SDK doesn't read.</summary>
public sealed class GivenCredentials(AmazonKeys keys) : IAmazonCredentials
{
    /// <inheritdoc/>
    public ValueTask<AmazonKeys> GetAsync(CancellationToken ct) => ValueTask.FromResult(keys);
}

/// <summary>The chain that every AWS SDK goes through: environment, web identity, profile, container, instance. It keeps and renews what it finds.</summary>
public sealed class DefaultCredentials : IAmazonCredentials
{
    /// <inheritdoc/>
    public async ValueTask<AmazonKeys> GetAsync(CancellationToken ct)
    {
        try
        {
            var found = await DefaultAWSCredentialsIdentityResolver.GetCredentialsAsync().WaitAsync(ct);
            var keys = await found.GetCredentialsAsync().WaitAsync(ct);
            return new AmazonKeys(keys.AccessKey, new Secret(keys.SecretKey), keys.UseToken ? new Secret(keys.Token) : null);
        }
        catch (Exception none) when (none is AmazonClientException or AmazonServiceException or HttpRequestException or IOException)
        {
            throw new AmazonException(AmazonFailure.NotSent, "CredentialsNotFound", inner: none);
        }
    }
}
