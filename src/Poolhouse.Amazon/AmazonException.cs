namespace Poolhouse.Amazon;

/// <summary>How a call to Amazon failed, as far as that says whether it may be made again.</summary>
public enum AmazonFailure
{
    /// <summary>The service understood and said no. Again would be no again.</summary>
    Refused,

    /// <summary>The service has no room for it now; nothing happened.</summary>
    Throttled,

    /// <summary>It never left this machine, or nobody took it: nothing happened.</summary>
    NotSent,

    /// <summary>It was sent, and what came of it isn't known: no answer, one that is none, or an error of the service's own.</summary>
    Unknown,
}

/// <summary>A call to Amazon that came to nothing that is known. Its text holds what the service said, which may name a person: never log it.</summary>
public sealed class AmazonException(AmazonFailure failure, string type, string? serviceMessage = null, int status = 0, Exception? inner = null)
    : Exception($"{type} ({failure})", inner)
{
    /// <summary>How.</summary>
    public AmazonFailure Failure => failure;

    /// <summary>The service's name of the error, without its namespace; a word of this library's where the service gave none.</summary>
    public string Type => type;

    /// <summary>The service's text; null where there is none.</summary>
    public string? ServiceMessage => serviceMessage;

    /// <summary>HTTP status; 0 where there was no answer.</summary>
    public int Status => status;
}
