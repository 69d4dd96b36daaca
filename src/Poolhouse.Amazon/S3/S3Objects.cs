using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Poolhouse.Core.Accounts.Kyc;

namespace Poolhouse.Amazon.S3;

/// <summary>Objects in an S3-compatible store, by the SDK's client. All three requests are safe to repeat, and are once.</summary>
public sealed class S3Objects : IObjectStore, IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly S3Address _address;
    private readonly SdkCredentials _keys;
    private readonly AmazonS3Client _client;

    /// <summary>Makes no request yet.</summary>
    /// <param name="address">Where.</param>
    /// <param name="credentials">Asked before every request, so that keys of a role are renewed before they end.</param>
    public S3Objects(S3Address address, IAmazonCredentials credentials)
    {
        _address = address;
        var config = new AmazonS3Config
        {
            ServiceURL = address.Endpoint.AbsoluteUri,
            AuthenticationRegion = address.Region,
            // The bucket in the path: every S3-compatible store understands that, and the certificate then fits buckets with dots too.
            ForcePathStyle = true,
            // What is kept is authenticated encryption, which says whether it is whole; and not every compatible store knows the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
            MaxErrorRetry = 1,
            Timeout = Patience,
            ConnectTimeout = TimeSpan.FromSeconds(5),
            AllowAutoRedirect = false,
        };
        _keys = new SdkCredentials(credentials);
        _client = new AmazonS3Client(_keys, config);
    }

    /// <inheritdoc/>
    public Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct) => AskAsync(async () =>
    {
        using var body = new MemoryStream(bytes.ToArray(), writable: false);
        var request = new PutObjectRequest
        {
            BucketName = _address.Bucket,
            Key = _address.Prefix + name,
            InputStream = body,
            AutoCloseStream = false,
            ContentType = "application/octet-stream",
            // One piece under one signature: not every compatible store reads the SDK's signed chunks.
            UseChunkEncoding = false,
        };
        await _client.PutObjectAsync(request, ct);
        return true;
    }, ct);

    /// <inheritdoc/>
    public Task<byte[]?> FindAsync(string name, int most, CancellationToken ct) => AskAsync(async () =>
    {
        try
        {
            using var found = await _client.GetObjectAsync(new GetObjectRequest { BucketName = _address.Bucket, Key = _address.Prefix + name }, ct);
            if (found.ContentLength < 0 || found.ContentLength > most) throw new ObjectStoreException("The object is larger than any that was written.");
            var bytes = new byte[found.ContentLength];
            await found.ResponseStream.ReadExactlyAsync(bytes, ct);
            return bytes;
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode == HttpStatusCode.NotFound && absent.ErrorCode != "NoSuchBucket")
        {
            return null;
        }
    }, ct);

    /// <inheritdoc/>
    public Task DeleteAsync(string name, CancellationToken ct) => AskAsync(async () =>
    {
        try
        {
            await _client.DeleteObjectAsync(new DeleteObjectRequest { BucketName = _address.Bucket, Key = _address.Prefix + name }, ct);
        }
        catch (AmazonS3Exception absent) when (absent.StatusCode == HttpStatusCode.NotFound && absent.ErrorCode != "NoSuchBucket")
        {
            // Removed already.
        }

        return true;
    }, ct);

    /// <inheritdoc/>
    public void Dispose() => _client.Dispose();

    private async Task<T> AskAsync<T>(Func<Task<T>> ask, CancellationToken ct)
    {
        try
        {
            await _keys.ReadAsync(ct);
            return await ask();
        }
        catch (AmazonServiceException refusal) when ((int)refusal.StatusCode > 0)
        {
            throw new ObjectStoreException($"The object store answered {(int)refusal.StatusCode}.", refusal);
        }
        catch (Exception failure) when (failure is AmazonClientException or AmazonServiceException or AmazonException or HttpRequestException or IOException || IsTimeout(failure, ct))
        {
            throw new ObjectStoreException("The object store does not answer, or there are no credentials for it.", failure);
        }
    }

    private static bool IsTimeout(Exception failure, CancellationToken ct) => failure is OperationCanceledException && !ct.IsCancellationRequested;
}
