using MlOpsBuild.Data.Contracts;
using MlOpsBuild.Modeling.Tests;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Modeling.Splitting.Tests;

public sealed class LastDaysTests
{
    private const string Days = "Day,Hour,Value\n2011-01-01,5,1\n2011-01-02,23,2\n2011-01-03,0,3\n2011-01-03,9,4\n2011-01-05,1,5\n";

    [Theory]
    [InlineData(1, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 2)]
    [InlineData(4, 1)]
    [InlineData(5, 0)]
    [InlineData(400, 0)]
    public void The_last_whole_days_of_the_calendar_are_held_out(int days, int training)
    {
        var split = new LastDays(days).Split(Sample.Table<Row>(Days), 1);

        split.Training.ShouldBe([.. Enumerable.Range(0, training)]);
        split.HeldOut.ShouldBe([.. Enumerable.Range(training, 5 - training)]);
    }

    [Fact]
    public void Rows_without_time_are_all_for_training()
    {
        var (training, heldOut, _, _) = new LastDays(1).Split(Sample.Table<Timeless>("Value\n1\n2\n"), 1);

        training.ShouldBe([0, 1]);
        heldOut.ShouldBeEmpty();
    }

    [Fact]
    public void More_days_than_the_calendar_has_before_the_data_hold_out_everything()
    {
        var (training, heldOut, _, _) = new LastDays(60).Split(Sample.Table<Row>("Day,Hour,Value\n0001-01-03,0,1\n"), 1);

        training.ShouldBeEmpty();
        heldOut.ShouldBe([0]);
    }

    [RealDataFact]
    public void Sixty_days_of_the_real_file_are_1436_rows()
    {
        var (training, heldOut, _, _) = new LastDays(60).Split(HourData.Table, 1);

        heldOut.Count.ShouldBe(1436);
        training.Count.ShouldBe(17379 - 1436);
        HourData.Table.Times[heldOut[0]].ShouldBe(new(2012, 11, 2));
        HourData.Table.Times[heldOut[^1]].ShouldBe(new(2012, 12, 31, 23, 0, 0));
        HourData.Table.Times[training[^1]].ShouldBe(new(2012, 11, 1, 23, 0, 0));
    }

    private sealed record Row(
        [property: Timestamp] DateOnly Day,
        [property: Timestamp(TimestampPart.Hour), Range(0, 23)] int Hour,
        [property: Label] double Value);

    private sealed record Timeless([property: Label] double Value);
}
