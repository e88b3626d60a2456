namespace MlOpsBuild.Modeling.Evaluation.Tests;

public sealed class ErrorSumsTests
{
    private static readonly PredictionSet Set = new("p", [7, 3, 7, 3], [1, 2, 3, 4], [2, 2, 1, 5], new Dictionary<string, double[]>());

    [Fact]
    public void A_row_gives_prediction_minus_label() => ErrorSums.Of(3, 1).ShouldBe(new(1, 4, 2, -2, 3, 0));

    [Fact]
    public void Blocks_come_in_the_order_of_their_first_row() => ErrorSums.ByBlock(Set).ShouldBe(
        [ErrorSums.Of(1, 2) + ErrorSums.Of(3, 1), ErrorSums.Of(2, 2) + ErrorSums.Of(4, 5)]);

    [Fact]
    public void Blocks_add_up_to_the_whole()
    {
        ErrorSums.Of(Set).ShouldBe(new(4, 6, 4, 0, 10, 5));
        ErrorSums.Add(ErrorSums.Of(1, 2), ErrorSums.Of(3, 1)).ShouldBe(ErrorSums.ByBlock(Set)[0]);
    }
}
