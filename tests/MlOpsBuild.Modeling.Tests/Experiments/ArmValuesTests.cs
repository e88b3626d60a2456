namespace MlOpsBuild.Modeling.Experiments.Tests;

public sealed class ArmValuesTests
{
    private static readonly ExperimentUnit[] Units =
    [
        new(false, true, 10, 4) { Per = 2, PerBefore = 1 }, new(true, true, 30, 0) { Per = 3, PerBefore = 0 },
        new(false, true, 0, 2) { Per = 1, PerBefore = 1 }, new(true, true, 6, 6) { Per = 1, PerBefore = 2 },
        new(false, true, 5, 0) { Per = 2, PerBefore = 0 },
    ];

    [Fact]
    public void A_sum_is_what_it_is_and_nothing_where_there_was_none()
    {
        var (control, treatment) = ArmValues.Of(new("revenue"), Units);

        control.Values.ShouldBe([10, 0, 5]);
        control.Before.ShouldBe([4, 2, 0]);
        treatment.Values.ShouldBe([30, 6]);
        treatment.Before.ShouldBe([0, 6]);
    }

    [Fact]
    public void What_is_above_the_cap_is_cut_in_both_arms_and_before()
    {
        var (control, treatment) = ArmValues.Of(new("revenue") { Cap = 5 }, Units);

        control.Values.ShouldBe([5, 0, 5]);
        treatment.Values.ShouldBe([5, 5]);
        treatment.Before.ShouldBe([0, 5]);
    }

    [Fact]
    public void A_conversion_counts_once_however_much_it_was()
    {
        var (control, treatment) = ArmValues.Of(new("orders") { Quantity = ExperimentQuantity.Conversion }, Units);

        control.Values.ShouldBe([1, 0, 1]);
        control.Before.ShouldBe([1, 1, 0]);
        treatment.Values.ShouldBe([1, 1]);
    }

    /// <summary>
    /// By hand. Control: N = 15, D = 5, R = 3, D̄ = 5/3, so 3 + (10 − 6)/(5/3) = 5.4, 3 + (0 − 3)/(5/3) = 1.2, 3 + (5 − 6)/(5/3) = 2.4.
    /// Treatment: N = 36, D = 4, R = 9, D̄ = 2, so 9 + (30 − 27)/2 = 10.5 and 9 + (6 − 9)/2 = 7.5.
    /// </summary>
    [Fact]
    public void A_ratio_becomes_numbers_whose_mean_it_is()
    {
        var (control, treatment) = ArmValues.Of(new("revenue") { Quantity = ExperimentQuantity.Ratio, Per = "orders" }, Units);

        control.Values.ShouldBe([5.4, 1.2, 2.4], 1e-12);
        treatment.Values.ShouldBe([10.5, 7.5], 1e-12);
        control.Values.Average().ShouldBe(3, 1e-12);

        // Before the test both arms were one: 12 over 4, D̄ = 0.8.
        control.Before.ShouldBe([3 + (1 / 0.8), 3 - (1 / 0.8), 3], 1e-12);
        treatment.Before.ShouldBe([3, 3], 1e-12);
    }

    [Fact]
    public void A_ratio_of_nothing_is_nothing() => ArmValues.Of(
        new("revenue") { Quantity = ExperimentQuantity.Ratio, Per = "orders" }, [new(false, true, 0, 0)]).Control.Values.ShouldBe([0]);
}
