using MlOpsBuild.Core;

namespace MlOpsBuild.Store.Retention.Tests;

public sealed class RetentionPolicyTests
{
    [Theory]
    [InlineData(20, null, "20")]
    [InlineData(1, 90, "90d")]
    [InlineData(20, 90, "20", "90d")]
    [InlineData(20, 90, "90d", "20")]
    [InlineData(1, null)]
    public void A_number_keeps_the_newest_and_an_age_what_is_younger(int newest, int? days, params string[] words) =>
        RetentionPolicy.Parse(words).ShouldBe(new RetentionPolicy(newest, days is { } age ? TimeSpan.FromDays(age) : null));

    [Theory]
    [InlineData("0")]
    [InlineData("-1")]
    [InlineData("0d")]
    [InlineData("-3d")]
    [InlineData("d")]
    [InlineData("")]
    [InlineData("1.5")]
    [InlineData("1,000")]
    [InlineData("90 d")]
    [InlineData("90h")]
    [InlineData("all")]
    [InlineData("99999999999")]
    public void Any_other_word_is_a_wrong_call_that_shows_it(string word)
    {
        var finding = Should.Throw<UsageException>(() => RetentionPolicy.Parse([word])).Findings.ShouldHaveSingleItem();

        (finding.Where, finding.Value).ShouldBe(("--keep", word));
        finding.Expected.ShouldNotBeNull().ShouldContain("90d");
    }

    [Fact]
    public void All_wrong_words_are_told_at_once() =>
        Should.Throw<UsageException>(() => RetentionPolicy.Parse(["20", "many", "long"])).Findings.Select(finding => finding.Value)
            .ShouldBe(["many", "long"]);
}
