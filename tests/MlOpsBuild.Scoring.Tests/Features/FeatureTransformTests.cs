namespace MlOpsBuild.Scoring.Features.Tests;

public sealed class FeatureTransformTests
{
    private static readonly FeatureTransform Transform =
        new([new NumberTerm("a", 0, 1, 2), new OneHotTerm("b", 1, [0, 1]), new SquareTerm("a", 0, 0, 1)]);

    [Fact]
    public void Terms_stand_side_by_side()
    {
        var design = new double[Transform.Width];
        Transform.Write(new double[] { 5, 1 }, design);

        design.ShouldBe([2, 0, 1, 25]);
    }

    [Fact]
    public void What_was_in_the_design_row_before_does_not_matter()
    {
        double[] design = [9, 9, 9, 9];
        Transform.Write(new double[] { 1, 7 }, design);

        design.ShouldBe([0, 0, 0, 1]);
    }
}
