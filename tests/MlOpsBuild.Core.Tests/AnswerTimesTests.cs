namespace MlOpsBuild.Core.Tests;

public sealed class AnswerTimesTests
{
    [Fact]
    public void Nothing_measured_has_no_times() => AnswerTimes.Of([]).ShouldBeNull();

    [Fact]
    public void One_answer_is_every_quantile() =>
        AnswerTimes.Of([TimeSpan.FromMilliseconds(12.5)]).ShouldBe(new(1, 12.5, 12.5, 12.5));

    [Fact]
    public void Times_are_quantiles_in_milliseconds_whatever_the_order_of_answers()
    {
        var times = Enumerable.Range(1, 101).Select(number => TimeSpan.FromMilliseconds(number * 37 % 101)).ToList();

        var answers = AnswerTimes.Of(times)!;

        // 0, 1, …, 100 ms.
        answers.Requests.ShouldBe(101);
        answers.Median.ShouldBe(50);
        answers.P95.ShouldBe(95, 1e-9);
        answers.P99.ShouldBe(99, 1e-9);
    }

    [Fact]
    public void Quantiles_lie_between_the_answers_beside_them()
    {
        var answers = AnswerTimes.Of([TimeSpan.FromMilliseconds(4), TimeSpan.FromMicroseconds(500), TimeSpan.FromSeconds(1)])!;

        // 0.5, 4 and 1000 ms: positions 1, 1.9 and 1.98.
        answers.Median.ShouldBe(4);
        answers.P95.ShouldBe(900.4, 1e-9);
        answers.P99.ShouldBe(980.08, 1e-9);
    }

    [Fact]
    public void Answers_are_looked_at_once()
    {
        var looks = 0;

        AnswerTimes.Of(Answers())!.Requests.ShouldBe(2);
        looks.ShouldBe(1);

        IEnumerable<TimeSpan> Answers()
        {
            looks++;
            yield return TimeSpan.FromMilliseconds(1);
            yield return TimeSpan.FromMilliseconds(2);
        }
    }
}
