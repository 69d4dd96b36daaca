using System.Reflection;
using System.Text.RegularExpressions;
using Poolhouse.Core;
using Poolhouse.Core.Identities;
using Poolhouse.Core.Users.Attributes;
using Poolhouse.Protocol;
using Poolhouse.Protocol.CognitoIdentity;
using Poolhouse.Protocol.CognitoIdp;
using Poolhouse.Server.Cognito;
using Poolhouse.Server.CognitoIdentity;
using Poolhouse.Server.Options;
using Poolhouse.Server.Wire;
using Poolhouse.Tests.Docs;

namespace Poolhouse.Tests.Architecture;

public sealed partial class TablesTests
{
    /// <summary>Errors of the AWS JSON protocol itself, which no service model lists.</summary>
    private static readonly string[] OfTheProtocol =
    [
        "AccessDeniedException", "ExpiredTokenException", "IncompleteSignatureException", "InvalidSignatureException", "MissingAuthenticationTokenException",
        "RequestEntityTooLargeException", "SerializationException", "ServiceUnavailable", "UnknownOperationException", "UnrecognizedClientException", "ValidationException",
    ];

    /// <summary>Both services: folder, table and model.</summary>
    public static TheoryData<string> Services => ["Cognito", "CognitoIdentity"];

    private static (OperationTable Table, IReadOnlyDictionary<string, OperationModel> Models) ServiceOf(string folder) =>
        folder == "Cognito" ? (Operations.Table, CognitoIdpModel.Operations) : (IdentityOperations.Table, CognitoIdentityModel.Operations);

    [Theory]
    [MemberData(nameof(Services))]
    public void The_table_of_operations_is_sorted_and_names_each_once(string service)
    {
        var names = ServiceOf(service).Table.Rows.Select(r => r.Name).ToList();

        names.ShouldBe(names.Order(StringComparer.Ordinal));
        names.ShouldBeUnique();
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_row_is_an_operation_of_the_model(string service) =>
        ServiceOf(service).Table.Rows.ShouldAllBe(row => ServiceOf(service).Models.ContainsKey(row.Name));

    [Fact]
    public void The_identity_service_is_whole() => IdentityOperations.Table.Rows.Count.ShouldBe(CognitoIdentityModel.Operations.Count);

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_row_has_a_file_of_its_name_in_a_folder_of_its_namespace(string service)
    {
        foreach (var handler in ServiceOf(service).Table.Rows.Select(r => r.Handler))
        {
            var folders = handler.Namespace!["Poolhouse.Server.".Length..].Split('.');
            folders[0].ShouldBe(service);
            folders.Length.ShouldBe(2, handler.Name);
            File.Exists(Repository.PathOf(["src", "Poolhouse.Server", .. folders, handler.Name + ".cs"])).ShouldBeTrue(handler.FullName);
        }
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void Every_operation_that_is_there_has_its_row(string service)
    {
        var handlers = typeof(Operations).Assembly.GetTypes().Where(t => t.Namespace?.StartsWith($"Poolhouse.Server.{service}.", StringComparison.Ordinal) is true)
            .Where(t => !t.IsAbstract && t.GetInterfaces().Any(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IOperation<,>)));

        handlers.Select(t => t.Name).Order(StringComparer.Ordinal).ShouldBe(ServiceOf(service).Table.Rows.Select(r => r.Name));
    }

    [Theory]
    [MemberData(nameof(Services))]
    public void An_operation_answers_an_empty_body_exactly_where_the_model_has_no_output(string service)
    {
        foreach (var row in ServiceOf(service).Table.Rows)
        {
            var response = row.Handler.GetInterfaces().Single(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IOperation<,>)).GetGenericArguments()[1];
            (response != typeof(NoOutput)).ShouldBe(ServiceOf(service).Models[row.Name].HasOutput, row.Name);
        }
    }

    [Fact]
    public void Every_refusal_has_words()
    {
        foreach (var type in Cases(typeof(Refusal)))
            foreach (var refusal in Samples.Of(type))
                Should.NotThrow(() => Refusals.Of((Refusal)refusal), refusal.ToString()!).Type.ShouldEndWith("Exception");
    }

    [Fact]
    public void Every_refusal_of_identities_has_words()
    {
        foreach (var refusal in Cases(typeof(IdentityRefusal)).SelectMany(Samples.Of).Cast<IdentityRefusal>())
            Should.NotThrow(() => IdentityRefusals.Of(refusal), refusal.ToString()!).Type.ShouldEndWith("Exception");
    }

    [Fact]
    public void Every_attribute_problem_has_words_for_writing_and_for_deleting()
    {
        foreach (var problem in Cases(typeof(AttributeProblem)).SelectMany(Samples.Of).Cast<AttributeProblem>())
        {
            // NotWritable is another error with words of its own.
            if (problem is AttributeProblem.NotWritable) continue;
            Should.NotThrow(() => AttributeMessages.Writing(problem)).ShouldNotBeNullOrEmpty();
            Should.NotThrow(() => AttributeMessages.Deleting(problem)).ShouldNotBeNullOrEmpty();
        }
    }

    [Fact]
    public void Every_error_is_the_models_or_the_protocols()
    {
        var known = CognitoIdpModel.Operations.Values.Concat(CognitoIdentityModel.Operations.Values).SelectMany(o => o.Errors).Concat(OfTheProtocol).ToHashSet();
        var factories = typeof(CognitoException).GetMethods(BindingFlags.Public | BindingFlags.Static).Where(m => m.ReturnType == typeof(CognitoException))
            // Says what another pool said, whatever its name.
            .Where(m => m.Name != nameof(CognitoException.Forwarded)).ToList();

        var names = factories.Select(m => ((CognitoException)m.Invoke(null, [.. m.GetParameters().Select(_ => "text")])!).Type).ToList();

        names.ShouldNotBeEmpty();
        names.ShouldAllBe(name => known.Contains(name), string.Join(", ", names.Where(n => !known.Contains(n))));
    }

    [Fact]
    public void Errors_are_made_from_the_catalogue_only()
    {
        var elsewhere = Source.In("Poolhouse.Server").Where(f => !f.Path.EndsWith("/CognitoException.cs", StringComparison.Ordinal))
            .Where(f => f.Text.Contains("new CognitoException(", StringComparison.Ordinal)).Select(f => f.Path);

        elsewhere.ShouldBeEmpty();
    }

    [Fact]
    public void Event_ids_are_never_shared()
    {
        var ids = typeof(CognitoException).Assembly.GetTypes().Single(t => t.Name == "EventIds")
            .GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic).Select(f => f.GetRawConstantValue());

        ids.ShouldBeUnique();
    }

    [Fact]
    public void Every_option_is_in_the_documentation()
    {
        var text = File.ReadAllText(Repository.PathOf("docs", "configuration.md"));

        foreach (var option in typeof(ServerOptions).GetProperties().Select(p => p.Name)) text.ShouldContain($"| {option} |");
    }

    [Fact]
    public void Nothing_in_the_source_waits_to_be_done()
    {
        var waiting = Source.In().Where(f => Unfinished().IsMatch(f.Text)).Select(f => f.Path);

        waiting.ShouldBeEmpty();
    }

    private static IEnumerable<Type> Cases(Type closed) => closed.GetNestedTypes().Where(t => t.IsSubclassOf(closed));

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex Unfinished();
}
