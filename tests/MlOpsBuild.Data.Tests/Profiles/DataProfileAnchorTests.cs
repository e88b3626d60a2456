using MlOpsBuild.TestKit.Data;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables;
using MlOpsBuild.Data.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Profiles.Tests;

/// <summary>Published numbers of the real file.</summary>
public sealed class DataProfileAnchorTests
{
    private const double Tolerance = 1e-9;

    [RealDataFact]
    public async Task The_label_of_the_bike_file_has_its_published_profile()
    {
        var content = await File.ReadAllBytesAsync(RealData.HourFile!);
        var profile =
            DataProfile.Of(MemoryFiles.Read([("hour.csv", content)], ContractReader.Of<RentalHour>(), CancellationToken.None).Table!);

        profile.Rows.ShouldBe(17379);
        var count = profile.Columns.Single(column => column.Name == "cnt");
        count.Count.ShouldBe(17379);
        count.Missing.ShouldBe(0);
        count.Mean.ShouldBe(189.46308763450142, Tolerance);
        count.StandardDeviation.ShouldBe(181.38759909186473, Tolerance);
        count.Minimum.ShouldBe(1);
        count.Maximum.ShouldBe(977);
        count.Distinct.ShouldBe(869);
        count.Quantiles.ShouldBe([2, 5, 40, 142, 281, 563.1, 782.22], Tolerance);
    }

    [RealDataFact]
    public async Task The_bike_file_keeps_its_contract_with_the_published_counts()
    {
        var content = await File.ReadAllBytesAsync(RealData.HourFile!);
        var result = MemoryFiles.Read([("hour.csv", content)], ContractReader.Of<RentalHour>(), CancellationToken.None);

        result.Findings.ShouldBeEmpty();
        var table = result.Table!;
        table.Columns["weathersit"].CountBy(value => value).OrderBy(pair => pair.Key).Select(pair => pair.Value)
            .ShouldBe([11413, 4544, 1419, 3]);
        table.Times.Select(time => time.Date).Distinct().Count().ShouldBe(731);
        table.Columns["hum"].Count(value => value == 0).ShouldBe(22);
        table.Label.Sum().ShouldBe(3292679);
    }
}
