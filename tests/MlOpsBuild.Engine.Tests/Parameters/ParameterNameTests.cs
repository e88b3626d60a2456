namespace MlOpsBuild.Engine.Parameters.Tests;

public sealed class ParameterNameTests
{
    [Theory]
    [InlineData("LearningRate", "learning-rate")]
    [InlineData("Port", "port")]
    [InlineData("L2Penalty", "l2-penalty")]
    [InlineData("already-kebab", "already-kebab")]
    public void Upper_case_letters_begin_words(string member, string kebab) => ParameterName.Kebab(member).ShouldBe(kebab);

    [Theory]
    [InlineData("learning-rate")]
    [InlineData("LearningRate")]
    [InlineData("LEARNING_RATE")]
    public void Spellings_of_one_name_fold_to_the_same(string spelling) => ParameterName.Fold(spelling).ShouldBe("learningrate");

    [Fact]
    public void Variable_has_the_prefix() => ParameterName.Environment("learning-rate").ShouldBe("MLOPS_LEARNING_RATE");
}
