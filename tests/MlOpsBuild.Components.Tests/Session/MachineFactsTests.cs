using System.Globalization;

namespace MlOpsBuild.Components.Session.Tests;

public sealed class MachineFactsTests
{
    [Fact]
    public void Facts_name_the_machine_and_its_runtime()
    {
        var facts = MachineFacts.Read();

        facts["cores"].ShouldBe(Environment.ProcessorCount.ToString(CultureInfo.InvariantCulture));
        facts["runtime"].ShouldStartWith(".NET 10.");
        facts.Values.ShouldAllBe(fact => fact.Length > 0);
    }
}
