namespace Poolhouse.Protocol;

/// <summary>Who may call an operation.</summary>
public enum Authorization
{
    /// <summary>No credentials; an <c>Authorization</c> header is ignored, even a wrong one.</summary>
    Public,

    /// <summary>An access token in the request; a few operations also take a session in its place.</summary>
    AccessToken,

    /// <summary>A signature of version 4.</summary>
    SigV4,

    /// <summary>A signature of version 4, or none: clients and documentation disagree.</summary>
    SigV4OrPublic,
}

/// <summary>One row of a service's table of operations.</summary>
/// <param name="Name">What stands after the dot in <c>X-Amz-Target</c>.</param>
/// <param name="Authorization">Who may call it.</param>
/// <param name="Input">What its request may hold.</param>
/// <param name="HasOutput">False: success is an empty body, not <c>{}</c>.</param>
/// <param name="Errors">Names of the errors the model declares, sorted; empty for operations newer than the model.</param>
public sealed record OperationModel(string Name, Authorization Authorization, StructureShape Input, bool HasOutput, IReadOnlyList<string> Errors);
