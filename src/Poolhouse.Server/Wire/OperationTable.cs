using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Poolhouse.Core.Sessions;
using Poolhouse.Core.Telemetry;
using Poolhouse.Core.Tokens;
using Poolhouse.Core.Users;
using Poolhouse.Protocol;

namespace Poolhouse.Server.Wire;

/// <summary>One operation's logic. The endpoint has parsed, checked every constraint of the model, and authenticated.</summary>
internal interface IOperation<in TRequest, TResponse>
{
    /// <summary>Does it, or throws a <see cref="CognitoException"/>.</summary>
    ValueTask<TResponse> HandleAsync(TRequest request, CallContext call, CancellationToken ct);
}

/// <summary>The answer of operations that have none: an empty body, not <c>{}</c>.</summary>
internal sealed record NoOutput
{
    public static readonly NoOutput Instance = new();
}

/// <summary>What is known about a call beside its request.</summary>
internal sealed class CallContext
{
    /// <summary>The time of the call, read once.</summary>
    public required DateTimeOffset Now { get; init; }

    /// <summary>Where the call came from: the other end of the connection; null when it has none.</summary>
    public string? Address => Origin.Address?.ToString();

    /// <summary>In <c>x-amzn-requestid</c> and the log.</summary>
    public required string RequestId { get; init; }

    /// <summary>From where.</summary>
    public Origin Origin { get; init; } = Origin.Unknown;

    /// <summary>What the account API adds where a user is made or confirmed; null elsewhere.</summary>
    public Companion? Companion { get; init; }

    /// <summary>Who calls with an access token; null where a session stood in for it.</summary>
    public Caller? MaybeCaller { get; init; }

    /// <summary>Who calls with an access token.</summary>
    public Caller Caller => MaybeCaller ?? throw new InvalidOperationException("This operation was reached without an access token.");
}

/// <summary>One row: an operation that has a handler.</summary>
internal sealed class OperationRow
{
    private readonly Func<JsonElement, object> _read;
    private readonly Func<IServiceProvider, object, CallContext, Utf8JsonWriter, CancellationToken, ValueTask> _run;

    private OperationRow(
        Type handler,
        Func<JsonElement, object> read,
        Func<IServiceProvider, object, CallContext, Utf8JsonWriter, CancellationToken, ValueTask> run)
    {
        Handler = handler;
        _read = read;
        _run = run;
    }

    /// <summary>The handler's class, named like the operation.</summary>
    public Type Handler { get; }

    /// <summary>The operation's name.</summary>
    public string Name => Handler.Name;

    /// <summary>A row for an operation with an answer.</summary>
    public static OperationRow Of<THandler, TRequest, TResponse>(JsonTypeInfo<TRequest> input, JsonTypeInfo<TResponse> output)
        where THandler : class, IOperation<TRequest, TResponse>
        where TRequest : class =>
        new(
            typeof(THandler),
            body => body.Deserialize(input)!,
            async (services, request, call, writer, ct) =>
            {
                var response = await services.GetRequiredService<THandler>().HandleAsync((TRequest)request, call, ct);
                JsonSerializer.Serialize(writer, response, output);
            });

    /// <summary>A row for an operation without one.</summary>
    public static OperationRow Of<THandler, TRequest>(JsonTypeInfo<TRequest> input)
        where THandler : class, IOperation<TRequest, NoOutput>
        where TRequest : class =>
        new(
            typeof(THandler),
            body => body.Deserialize(input)!,
            async (services, request, call, _, ct) => await services.GetRequiredService<THandler>().HandleAsync((TRequest)request, call, ct));

    /// <summary>The request of a body whose constraints were checked.</summary>
    public object Read(JsonElement body) => _read(body);

    /// <summary>Runs the handler on what <see cref="Read"/> returned; writes nothing where there is no output.</summary>
    public async ValueTask RunAsync(IServiceProvider services, object request, CallContext call, Utf8JsonWriter writer, CancellationToken ct)
    {
        using var part = Tracing.StartPart(Name);
        await _run(services, request, call, writer, ct);
    }
}

/// <summary>One service: its model joined with the handlers there are.</summary>
internal sealed class OperationTable
{
    private readonly FrozenDictionary<string, (OperationModel Model, OperationRow Row)> _byTarget;

    /// <param name="targetPrefix">What stands before the dot in <c>X-Amz-Target</c>.</param>
    /// <param name="signingName">The service in a signature's scope.</param>
    /// <param name="models">Every operation of the service.</param>
    /// <param name="rows">Those that have a handler.</param>
    public OperationTable(string targetPrefix, string signingName, IReadOnlyDictionary<string, OperationModel> models, IReadOnlyList<OperationRow> rows)
    {
        SigningName = signingName;
        Rows = rows;
        _byTarget = rows.ToFrozenDictionary(r => $"{targetPrefix}.{r.Name}", r => (models[r.Name], r), StringComparer.Ordinal);
    }

    /// <summary>The service in a signature's scope.</summary>
    public string SigningName { get; }

    /// <summary>The error for a request that breaks constraints of the model.</summary>
    public Func<string, CognitoException> Violation { get; init; } = CognitoException.InvalidParameter;

    /// <summary>The operations that have a handler.</summary>
    public IReadOnlyList<OperationRow> Rows { get; }

    /// <summary>Their models.</summary>
    public IEnumerable<OperationModel> Models => _byTarget.Values.Select(found => found.Model);

    /// <summary>Refuses a request that does not fit the model; one that passes can be read.</summary>
    /// <exception cref="CognitoException">SerializationException, or the service's error for broken constraints.</exception>
    public void DemandFit(OperationModel model, JsonElement request)
    {
        switch (Constraints.Check(request, model.Input))
        {
            case ConstraintOutcome.Malformed:
                throw CognitoException.Serialization();
            case ConstraintOutcome.Violations violations:
                throw Violation(violations.Message);
        }
    }

    /// <summary>The operation of a target; false for one that the service or this server doesn't have.</summary>
    public bool TryFind(string target, out OperationModel model, out OperationRow row)
    {
        var isFound = _byTarget.TryGetValue(target, out var found);
        (model, row) = found;
        return isFound;
    }
}
