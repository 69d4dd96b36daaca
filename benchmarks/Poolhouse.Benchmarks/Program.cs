using BenchmarkDotNet.Columns;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.NoEmit;
using Poolhouse.Benchmarks;

// In process: the generated project of the usual toolchain would meet this repository's locked restore and its analyzers.
// The minimum beside the mean, because it is what a machine shared with others disturbs least.
var config = DefaultConfig.Instance
    .AddJob(Job.ShortRun.WithToolchain(InProcessNoEmitToolchain.Instance))
    .AddDiagnoser(MemoryDiagnoser.Default)
    .AddColumn(StatisticColumn.Min);
BenchmarkSwitcher.FromAssembly(typeof(BenchmarkServer).Assembly).Run(args, config);
