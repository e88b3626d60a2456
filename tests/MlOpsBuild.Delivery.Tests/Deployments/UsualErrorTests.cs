using System.Globalization;
using System.Text;
using MlOpsBuild.Core;
using MlOpsBuild.TestKit;

namespace MlOpsBuild.Delivery.Deployments.Tests;

public sealed class UsualErrorTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task It_is_the_ninety_percent_quantile_of_each_side()
    {
        // Prediction minus label from −50 to +50 in steps of one.
        var (overBy, underBy) = await OfAsync(Enumerable.Range(-50, 101).Select(error => (double)error));

        overBy.ShouldBe(40, 1e-9);
        underBy.ShouldBe(40, 1e-9);
    }

    [Fact]
    public async Task A_version_that_is_always_too_low_may_not_be_too_high()
    {
        var (overBy, underBy) = await OfAsync(Enumerable.Range(0, 101).Select(error => -1.0 - error));

        overBy.ShouldBe(0);
        underBy.ShouldBe(91, 1e-9);
    }

    [Fact]
    public async Task A_version_without_errors_allows_none() => (await OfAsync([0, 0, 0])).ShouldBe((0, 0));

    private async Task<(double OverBy, double UnderBy)> OfAsync(IEnumerable<double> errors)
    {
        var lines = string.Concat(errors.Select(error => string.Create(CultureInfo.InvariantCulture, $$"""{"features":{},"label":1000,"prediction":{{1000 + error}}}""") + "\n"));
        await File.WriteAllTextAsync(_folder["rows.jsonl"], lines);
        return await UsualError.OfAsync(new(Digest.Of(Encoding.UTF8.GetBytes(lines)), _folder["rows.jsonl"]), CancellationToken.None);
    }
}
