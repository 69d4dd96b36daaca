namespace Poolhouse.Server.Options;

/// <summary>Where a function of a pool's LambdaConfig is called; one entry of Functions. See docs/triggers.md.</summary>
internal sealed class FunctionOptions
{
    /// <summary>The function's ARN or its name, the last part of an ARN. Default: the entry's own name.</summary>
    public string? Function { get; set; }

    /// <summary>The webhook's address; of a Lambda endpoint the base, or the whole address of its invocations.</summary>
    public string? Url { get; set; }

    /// <summary><c>lambda</c> (default) or <c>webhook</c>.</summary>
    public string Kind { get; set; } = "lambda";

    /// <summary>Signs what a webhook gets; at least 16 characters. Needed for webhooks, refused elsewhere.</summary>
    public string? Secret { get; set; }

    /// <summary>File that holds <see cref="Secret"/>.</summary>
    public string? SecretFile { get; set; }
}
