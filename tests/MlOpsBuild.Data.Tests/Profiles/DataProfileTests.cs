using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Data.Tables.Tests;

namespace MlOpsBuild.Data.Profiles.Tests;

public sealed class DataProfileTests
{
    [Fact]
    public void Small_data_are_profiled_as_by_hand()
    {
        var profile = DataProfile.Of(Reading.Table<Row>("X,Secret,Value\n4,1,1\n,2,1\n2,3,1\n4,4,1\n6,5,1\n"));

        profile.Rows.ShouldBe(5);
        var column = profile.Columns.Single(column => column.Name == "X");
        column.Count.ShouldBe(4);
        column.Missing.ShouldBe(1);
        column.Mean.ShouldBe(4);
        column.StandardDeviation.ShouldBe(Math.Sqrt(8.0 / 3), 1e-15);
        column.Minimum.ShouldBe(2);
        column.Maximum.ShouldBe(6);
        column.Distinct.ShouldBe(3);

        // Type 7 on 2, 4, 4, 6: position = level × 3.
        column.Quantiles.ShouldBe([2.06, 2.3, 3.5, 4, 4.5, 5.7, 5.94], 1e-12);
    }

    [Fact]
    public void Personal_data_are_left_out() =>
        DataProfile.Of(Reading.Table<Row>("X,Secret,Value\n4,1,1\n")).Columns.Select(column => column.Name).ShouldBe(["X", "Value"]);

    [Fact]
    public void One_value_has_no_deviation()
    {
        var column = DataProfile.Of(Reading.Table<Row>("X,Secret,Value\n4,1,1\n")).Columns[0];

        column.StandardDeviation.ShouldBe(double.NaN);
        column.Quantiles.ShouldAllBe(quantile => quantile == 4);
    }

    [Fact]
    public void A_column_without_values_is_all_missing()
    {
        var column = DataProfile.Of(Reading.Table<Row>("X,Secret,Value\n,1,1\n,2,2\n")).Columns[0];

        column.Count.ShouldBe(0);
        column.Missing.ShouldBe(2);
        column.Distinct.ShouldBe(0);
        column.Mean.ShouldBe(double.NaN);
    }

    private sealed record Row(double? X, [property: PersonalData] int Secret, [property: Label] double Value);
}
