using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Drift;
using MlOpsBuild.Data.Profiles;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Data.Stages.Tests;

public sealed class DriftStageTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    [Fact]
    public async Task Rows_that_are_newer_than_the_reference_are_compared_alone()
    {
        var reference = await ProfileAsync(Days(200, 0));

        var result = await RunAsync(Days(200, 0) + Rows(200, 60, 2), reference);

        (result.Rows, result.Newer, result.Verdict).ShouldBe((60 * 24, true, Verdict.Failed));
        result.Columns.Single(column => column.Column == "A").Verdict.ShouldBe(Verdict.Failed);
    }

    [Fact]
    public async Task Where_none_are_newer_all_are_compared()
    {
        var result = await RunAsync(Days(200, 0), await ProfileAsync(Days(200, 0)));

        (result.Rows, result.Newer, result.Verdict).ShouldBe((200 * 24, false, Verdict.Passed));
    }

    [Fact]
    public async Task A_category_column_with_another_list_is_not_compared()
    {
        var other = ContractReader.Of<Row>() with
        {
            Columns = [.. ContractReader.Of<Row>().Columns.Select(column => column.Name == "Sky"
                ? column with { Rule = column.Rule with { Categories = ["rain", "clear"] } }
                : column)]
        };

        (await RunAsync(Days(60, 0), await ProfileAsync(Days(60, 0)), other)).Columns.Select(column => column.Column)
            .ShouldBe(["A", "Value"], ignoreOrder: true);
    }

    public void Dispose() => _folder.Dispose();

    private static string Days(int days, double shift) => "At,A,Sky,Value\n" + Rows(0, days, shift);

    private static string Rows(int from, int days, double shift)
    {
        var random = new SplitMix64((ulong)from + 1);
        var text = new StringBuilder();
        for (var hour = from * 24; hour < (from + days) * 24; hour++)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"{new DateTime(2011, 1, 1).AddHours(hour):yyyy-MM-dd HH:mm},{random.NextNormal() + shift:R},{(random.NextInt(3) == 0 ? "rain" : "clear")},{random.NextNormal():R}\n");
        }

        return text.ToString();
    }

    private SnapshotFiles Snapshot(string text)
    {
        var path = _folder[$"{Digest.Of(text).Abbreviated}.csv"];
        File.WriteAllText(path, text);
        return new(["rows.csv"], [new(Digest.Of(text), path)]);
    }

    private async Task<DataProfile> ProfileAsync(string text) =>
        DataProfile.Of(await Snapshot(text).ReadValidatedAsync(ContractReader.Of<Row>(), CancellationToken.None));

    private Task<DriftResult> RunAsync(string text, DataProfile reference, DataContract? contract = null) =>
        new DriftStage().RunAsync(
            new(Snapshot(text), ContractReader.Of<Row>(), reference, contract ?? ContractReader.Of<Row>(), new()), _folder.Path,
            new Progress<string>(), CancellationToken.None);

    private sealed record Row(
        [property: Timestamp] DateTime At,
        double A,
        [property: Categories("clear", "rain")] string Sky,
        [property: Label] double Value);
}
