namespace Poolhouse.Core.Accounts.Kyc;

/// <summary>Where encrypted files are: a folder, or an S3-compatible store. Names are made by the server: 32 hex digits.</summary>
public interface IObjectStore
{
    /// <summary>Keeps bytes under a name; durable when it returns. Safe to repeat with the same bytes.</summary>
    /// <exception cref="ObjectStoreException">The store is away or refuses.</exception>
    Task PutAsync(string name, ReadOnlyMemory<byte> bytes, CancellationToken ct);

    /// <summary>The bytes, or null when there is no such object. An object of more than <paramref name="most"/> bytes is an error.</summary>
    /// <exception cref="ObjectStoreException">The store is away or refuses.</exception>
    Task<byte[]?> FindAsync(string name, int most, CancellationToken ct);

    /// <summary>Removes an object; one that isn't there is removed already.</summary>
    /// <exception cref="ObjectStoreException">The store is away or refuses.</exception>
    Task DeleteAsync(string name, CancellationToken ct);
}

/// <summary>The object store is away, too slow, full, or refuses.</summary>
public sealed class ObjectStoreException(string message, Exception? inner = null) : Exception(message, inner);
