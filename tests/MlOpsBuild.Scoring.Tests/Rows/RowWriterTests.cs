using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core;
using MlOpsBuild.Core.Fields;

namespace MlOpsBuild.Scoring.Rows.Tests;

public sealed class RowWriterTests
{
    private static readonly FieldRule[] Fields =
    [
        new("real", FieldKind.Real),
        new("whole", FieldKind.Whole),
        new("flag", FieldKind.Flag),
        new("day", FieldKind.Date),
        new("text \"of\" a list", FieldKind.Category, Categories: ["a", "b\"c", "ü", ""]),
        new("grade", FieldKind.Whole, Categories: ["1", "2"]),
    ];

    [Fact]
    public void Any_row_that_is_written_reads_back_to_the_bit()
    {
        var row =
            from real in ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite)
            from whole in ArbMap.Default.GeneratorFor<long>()
            from flag in Gen.Choose(0, 1)
            from day in Gen.Choose(0, DateOnly.MaxValue.DayNumber)
            from category in Gen.Choose(0, 3)
            from grade in Gen.Choose(1, 2)
            select new[] { real, whole, flag, day, category, grade };

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Arb.From(row), values => ReadsBack(values)));
    }

    [Theory]
    [InlineData(double.Epsilon)]
    [InlineData(double.MaxValue)]
    [InlineData(-0.0)]
    [InlineData(0.1)]
    [InlineData(1e22)]
    public void Difficult_numbers_read_back_to_the_bit(double real) => ReadsBack([real, 0, 0, 0, 0, 1]).ShouldBeTrue();

    [Fact]
    public void A_row_is_written_as_a_person_would() =>
        RowWriter.Write(Fields, new double[] { 0.25, -3, 1, new DateOnly(2012, 2, 29).DayNumber, 2, 2 }).ToJsonString(CanonicalJson.Options)
            .ReplaceLineEndings("").Replace(" ", "", StringComparison.Ordinal)
            .ShouldBe("""{"real":0.25,"whole":-3,"flag":1,"day":"2012-02-29","text\"of\"alist":"ü","grade":2}""");

    private static bool ReadsBack(double[] row)
    {
        var json = RowWriter.Write(Fields, row).ToJsonString();
        var read = new RowReader(Fields).Read(JsonDocument.Parse(json).RootElement, "row", []);
        return read!.Values.Select(BitConverter.DoubleToInt64Bits).SequenceEqual(row.Select(BitConverter.DoubleToInt64Bits));
    }
}
