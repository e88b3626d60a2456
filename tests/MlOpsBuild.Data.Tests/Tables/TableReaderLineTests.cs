using MlOpsBuild.TestKit.Data;
using System.Text;
using MlOpsBuild.Data.Contracts;

namespace MlOpsBuild.Data.Tables.Tests;

public sealed class TableReaderLineTests
{
    [Theory]
    [InlineData("A,Value\n1,2\n3,4\n")]
    [InlineData("A,Value\r\n1,2\r\n3,4\r\n")]
    [InlineData("A,Value\n1,2\n3,4")]
    [InlineData("A,Value\n\n1,2\n\n3,4\n\n")]
    [InlineData("Value,A\n2,1\n4,3\n")]
    public void Line_ends_a_missing_last_line_break_and_column_order_do_not_matter(string text)
    {
        var table = Reading.Table<Row>(text);

        table.Rows.ShouldBe(2);
        table.Columns["A"].ShouldBe([1, 3]);
        table.Label.ShouldBe([2, 4]);
    }

    [Fact]
    public void A_byte_order_mark_is_no_part_of_the_first_name()
    {
        var result = Reading.Read<Row>([.. Encoding.UTF8.Preamble, .. "A,Value\n1,2\n"u8]);

        result.Findings.ShouldBeEmpty();
        result.Table!.Columns["A"].ShouldBe([1]);
    }

    [Fact]
    public void Cancellation_is_heard()
    {
        Should.Throw<OperationCanceledException>(() => MemoryFiles.Read(
            [("1.csv", "A,Value\n1,2\n"u8.ToArray())], ContractReader.Of<Row>(), new CancellationToken(canceled: true)));
    }

    private sealed record Row(int A, [property: Label] double Value);
}
