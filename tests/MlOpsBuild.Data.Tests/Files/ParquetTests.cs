using MlOpsBuild.Data.Contracts;
using Parquet;
using Parquet.Schema;

namespace MlOpsBuild.Data.Files.Tests;

public sealed class ParquetTests
{
    private static readonly DataField[] Fields =
    [
        new DataField<int?>("A"), new DataField<string>("Text"), new DataField<bool>("Flag"),
        new DateTimeDataField("At", DateTimeFormat.DateAndTime), new DataField<double>("Value"), new DataField<long>("Other"),
    ];

    [Fact]
    public async Task Row_groups_are_read_one_after_the_other()
    {
        var content = await WriteAsync([Group([1, null], ["x", "y"], 1), Group([3, 4], ["x", "z"], 3)]);

        var table = FormatReading.Table<Row>("rows.parquet", content, new() { Ignored = ["Other"] });

        table.Columns["A"].ShouldBe([1, double.NaN, 3, 4]);
        table.TextColumns["Text"].ShouldBe([0, 1, 0, 2]);
        table.Columns["Flag"].ShouldBe([1, 0, 1, 0]);
        table.Label.ShouldBe([1.1, 2.1, 3.1, 4.1]);
        table.Times.ShouldBe([.. Enumerable.Range(1, 4).Select(hour => new DateTime(2011, 1, 1, hour, 0, 0, 125))]);
    }

    [Fact]
    public async Task A_wrong_value_is_named_by_its_row()
    {
        var finding = FormatReading.Read<Positive>(
            "rows.bin", await WriteAsync([Group([1, null], ["x", "y"], 1), Group([3, 4], ["x", "z"], -3)]),
            new() { IgnoresExtraColumns = true }).Findings[0];

        (finding.What, finding.Where, finding.Value).ShouldBe(("Out of range", "rows.bin, row 3, column Value", "-2.9"));
    }

    [Fact]
    public async Task A_column_that_nobody_expects_is_named()
    {
        FormatReading.Read<Row>("rows.parquet", await WriteAsync([Group([1], ["x"], 1)]))
            .Findings.ShouldHaveSingleItem()
            .Value.ShouldBe("Other");
    }

    [Fact]
    public async Task A_file_that_was_cut_or_changed_is_told()
    {
        var content = await WriteAsync([Group([1, null], ["x", "y"], 1)]);
        var random = new Random(1);
        for (var trial = 0; trial < 300; trial++)
        {
            var broken = content[..random.Next(content.Length)];
            var changed = content.ToArray();
            changed[random.Next(changed.Length)] ^= (byte)(1 + random.Next(255));

            FormatReading.Read<Row>("rows.parquet", broken, new() { Ignored = ["Other"] }).Findings.ShouldNotBeEmpty();
            var read = FormatReading.Read<Row>("rows.parquet", changed, new() { Ignored = ["Other"] });
            (read.Table?.Rows ?? 0).ShouldBe(read.Findings.Count > 0 ? 0 : 2);
        }
    }

    [Fact]
    public async Task Lists_are_no_cells()
    {
        using var stream = new MemoryStream();
        await Parquet.Serialization.ParquetSerializer.SerializeAsync([new Nested { Value = 1, Many = [1, 2] }], stream);

        var finding = FormatReading.Read<OnlyValue>("rows.parquet", stream.ToArray(), new() { IgnoresExtraColumns = true });

        finding.Findings.ShouldBeEmpty();
        FormatReading.Read<WithMany>("rows.parquet", stream.ToArray()).Findings.ShouldNotBeEmpty();
    }

    private static (int?[] A, string[] Text, double From) Group(int?[] a, string[] text, double from) => (a, text, from);

    private static async Task<byte[]> WriteAsync((int?[] A, string[] Text, double From)[] groups)
    {
        using var stream = new MemoryStream();
        await using (var writer = await ParquetWriter.CreateAsync(new ParquetSchema([.. Fields]), stream))
        {
            foreach (var (a, text, from) in groups)
            {
                using var group = writer.CreateRowGroup();
                var rows = Enumerable.Range(0, a.Length).ToList();
                await group.WriteAsync<int>(Fields[0], a);
                await group.WriteAsync(Fields[1], text);
                await group.WriteAsync<bool>(Fields[2], rows.Select(row => row % 2 == 0).ToArray());
                await group.WriteAsync<DateTime>(
                    Fields[3], rows.Select(row => new DateTime(2011, 1, 1, (int)Math.Abs(from) + row, 0, 0, 125)).ToArray());
                await group.WriteAsync<double>(Fields[4], rows.Select(row => from + row + 0.1).ToArray());
                await group.WriteAsync<long>(Fields[5], rows.Select(row => (long)row).ToArray());
            }
        }

        return stream.ToArray();
    }

    private sealed record Row(int? A, string Text, bool Flag, [property: Timestamp] DateTime At, [property: Label] double Value);

    private sealed record Positive([property: Label, Range(0, 10)] double Value);

    private sealed record OnlyValue([property: Label] double Value);

    private sealed record WithMany([property: Label] double Value, double Many);

    private sealed class Nested
    {
        public double Value { get; set; }

        public List<int> Many { get; set; } = [];
    }
}
