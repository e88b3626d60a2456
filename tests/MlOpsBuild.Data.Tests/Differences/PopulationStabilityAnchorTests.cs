using MlOpsBuild.TestKit.Data;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Differences.Tests;

/// <summary>The second year of the real file against its first.</summary>
public sealed class PopulationStabilityAnchorTests
{
    [RealDataFact]
    public async Task The_years_of_the_bike_file_differ_as_published()
    {
        var content = await File.ReadAllBytesAsync(RealData.HourFile!);
        var table = MemoryFiles.Read([("hour.csv", content)], ContractReader.Of<RentalHour>(), CancellationToken.None).Table!;
        var (then, now) = (Year(table, 0), Year(table, 1));

        then.Rows.ShouldBe(8645);
        now.Rows.ShouldBe(8734);
        Index("temp").ShouldBe(0.0432516054, 1e-10);
        Index("atemp").ShouldBe(0.0298875222, 1e-10);
        Index("hum").ShouldBe(0.0634694947, 1e-10);
        Index("windspeed").ShouldBe(0.0039033855, 1e-10);
        Index("cnt").ShouldBe(0.2444645204, 1e-10);
        Index("casual").ShouldBe(0.0893957404, 1e-10);
        Index("registered").ShouldBe(0.3112504355, 1e-10);

        // As categories it would be 0.0041996433: the rare categories 3 and 4 share the last bin.
        Index("weathersit").ShouldBe(0.0040663933, 1e-10);

        double Index(string name) => PopulationStability.Of(Column(then, name), Column(now, name))!.Value.Index;
    }

    private static ColumnProfile Column(DataProfile profile, string name) => profile.Columns.Single(column => column.Name == name);

    private static DataProfile Year(DataTable table, int year) =>
        DataProfile.Of(table.Select([.. Enumerable.Range(0, table.Rows).Where(row => table.Columns["yr"][row] == year)]));
}
