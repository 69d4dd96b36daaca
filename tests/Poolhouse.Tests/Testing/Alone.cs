namespace Poolhouse.Tests.Testing;

/// <summary>The collection of tests that bound how long something takes: one after the other, once all others are done, so that no other test's work is measured.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Alone
{
    /// <summary>For <c>[Collection(Alone.Name)]</c>.</summary>
    public const string Name = "alone";
}
