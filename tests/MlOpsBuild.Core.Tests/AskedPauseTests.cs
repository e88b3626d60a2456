using System.Net.Http.Headers;

namespace MlOpsBuild.Core.Tests;

public sealed class AskedPauseTests
{
    private static readonly DateTimeOffset Now = new(2026, 1, 2, 3, 4, 5, TimeSpan.Zero);

    /// <summary>RFC 9110, 10.2.3: seconds, or a date.</summary>
    [Theory]
    [InlineData("120", 120)]
    [InlineData("0", 0)]
    [InlineData("Fri, 02 Jan 2026 03:05:05 GMT", 60)]
    [InlineData("Fri, 02 Jan 2026 03:00:00 GMT", 0)]
    public void A_pause_is_seconds_or_until_a_date_and_never_less_than_nothing(string header, double seconds)
    {
        using var answer = new HttpResponseMessage();
        answer.Headers.RetryAfter = RetryConditionHeaderValue.Parse(header);

        AskedPause.Of(answer, new Clock()).ShouldBe(TimeSpan.FromSeconds(seconds));
        AskedPause.Of(answer.Headers.RetryAfter, new Clock()).ShouldBe(TimeSpan.FromSeconds(seconds));
    }

    [Fact]
    public void Where_nothing_is_asked_there_is_none()
    {
        using var answer = new HttpResponseMessage();

        AskedPause.Of(answer, new Clock()).ShouldBeNull();
        AskedPause.Of((HttpResponseMessage?)null, new Clock()).ShouldBeNull();
    }

    [Fact]
    public void Unasked_the_pause_doubles() =>
        Enumerable.Range(0, 4).Select(attempt => AskedPause.Doubling(attempt).TotalSeconds).ShouldBe([1, 2, 4, 8]);

    private sealed class Clock : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
