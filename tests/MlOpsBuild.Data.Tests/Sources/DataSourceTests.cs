using MlOpsBuild.Data.Simulation;

namespace MlOpsBuild.Data.Sources.Tests;

public sealed class DataSourceTests
{
    [Fact]
    public void Files_are_measured_and_called_by_their_pattern()
    {
        var source = DataSource.Files("data/*.csv");

        source.IsSimulated.ShouldBeFalse();
        source.Name.ShouldBe("data/*.csv");
        source.Pattern.ShouldBe("data/*.csv");
    }

    [Fact]
    public void Simulated_rows_say_so()
    {
        var source = DataSource.Simulated(new DemandSimulation { Seed = 3 });

        source.IsSimulated.ShouldBeTrue();
        source.Name.ShouldContain("simulated");
        source.Pattern.ShouldBeNull();
        source.Simulation.ShouldBe(new DemandSimulation { Seed = 3 });
    }
}
