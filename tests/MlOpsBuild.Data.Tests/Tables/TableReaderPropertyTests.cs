using MlOpsBuild.TestKit.Data;
using System.Globalization;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using MlOpsBuild.Core.Fields;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderPropertyTests
{
    [Fact]
    public void Any_table_that_is_written_reads_back_equal()
    {
        var text = Gen.Elements(",\"\r\n ;'aé東\t\uFEFF0-".ToCharArray()).ArrayOf().Select(letters => new string(letters));
        var number = ArbMap.Default.GeneratorFor<double>().Where(double.IsFinite);
        var rows = Gen.Zip(text, number).NonEmptyListOf().Select(list => list.ToArray());
        var files = Gen.Zip(rows, Gen.Elements("\n", "\r\n"));

        Prop.ForAll(Arb.From(files), file => ReadsBack(file.Item1, file.Item2)).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Arbitrary_bytes_give_a_result_and_never_an_exception() =>
        Prop.ForAll<byte[]>(GivesAResult).QuickCheckThrowOnFailure();

    [Fact]
    public void Almost_tables_give_a_result_and_never_an_exception()
    {
        var pieces = Gen.Elements(
            "A", "B", "Day", "Hour", ",", ",", ",", "\n", "\n", "\r", "\"", "\"\"", "1", "-7", "2011-01-01", "9999-12-31", "é", "\uFEFF",
            " ", "\0");
        var body = pieces.ListOf().Select(list => string.Concat(list));
        var files = Gen.Zip(Gen.Elements("", "Day,Hour,A,B\n", "Day,Hour,A,B\n2011-01-01,1,1,1\n"), body)
            .Select(parts => Encoding.UTF8.GetBytes(parts.Item1 + parts.Item2));

        Check.One(Config.QuickThrowOnFailure.WithMaxTest(1000), Prop.ForAll(Arb.From(files), GivesAResult));
    }

    private static bool GivesAResult(byte[] content)
    {
        var result = Reading.Read<Row>(content);
        return result.Table is null == result.Findings.Count > 0;
    }

    private static bool ReadsBack((string Text, double Number)[] rows, string lineEnd)
    {
        var texts = rows.Select(row => row.Text).Where(text => text.Length > 0).Distinct().ToArray();
        var contract = new DataContract("Any", [
            new() { Rule = new("the, \"text\"", FieldKind.Category, Categories: texts), Property = "Text", Nullable = true },
            new() { Rule = new("number", FieldKind.Real), Property = "Number", Role = ColumnRole.Label },
        ]);
        var records = rows.Select(row => new[] { row.Text, row.Number.ToString("R", CultureInfo.InvariantCulture) });
        var content = Encoding.UTF8.GetBytes(CsvText.Write([["the, \"text\"", "number"], .. records], lineEnd));

        var table = MemoryFiles.Read([("any.csv", content)], contract, CancellationToken.None).Table!;

        var read = table.Columns["the, \"text\""].Select(index => double.IsNaN(index) ? "" : texts[(int)index]);
        return read.SequenceEqual(rows.Select(row => row.Text))
            && table.Label.Select(BitConverter.DoubleToInt64Bits)
                .SequenceEqual(rows.Select(row => BitConverter.DoubleToInt64Bits(row.Number)));
    }

    private sealed record Row(
        [property: Timestamp] DateOnly Day,
        [property: Timestamp(TimestampPart.Hour), Range(0, 23)] int Hour,
        int? A,
        [property: Label] double B);
}
