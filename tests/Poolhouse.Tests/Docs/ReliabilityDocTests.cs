using Poolhouse.Tests.Faults;
using Poolhouse.Tests.Faults.Injection;

namespace Poolhouse.Tests.Docs;

/// <summary>docs/reliability.md says what came of every fault; <c>./test --faults</c> writes it.</summary>
public sealed class ReliabilityDocTests
{
    [Fact]
    public void Every_fault_has_a_row_and_every_row_its_fault() =>
        ReliabilityPage.Names.ShouldBe(Catalogue.All.Select(fault => fault.Name));

    [Fact]
    public void Every_kind_of_fault_is_in_the_catalogue() =>
        Catalogue.All.Select(fault => fault.GetType()).Distinct().ShouldBe(
            typeof(Fault).Assembly.GetTypes().Where(type => type.IsSubclassOf(typeof(Fault))), ignoreOrder: true);
}
