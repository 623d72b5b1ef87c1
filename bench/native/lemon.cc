// LEMON's network simplex, asked line by line on standard input: "load min FILE" reads a minimum-cost flow in DIMACS form; "run N" solves it N
// times from a cold start and answers with the milliseconds that a run took the processor and the cost.
#include <cstdint>
#include <ctime>
#include <fstream>
#include <iostream>
#include <memory>
#include <string>
#include <vector>
#include <lemon/network_simplex.h>
#include <lemon/smart_graph.h>

using namespace lemon;
using Simplex = NetworkSimplex<SmartDigraph, std::int64_t, std::int64_t>;

struct Instance {
  SmartDigraph graph;
  std::vector<SmartDigraph::Node> nodes;
  SmartDigraph::NodeMap<std::int64_t> supply{graph, 0};
  SmartDigraph::ArcMap<std::int64_t> upper{graph}, cost{graph};
  std::unique_ptr<Simplex> simplex;

  explicit Instance(const std::string &path) {
    std::ifstream file(path);
    std::string kind, name;
    while (file >> kind) {
      if (kind == "p") {
        std::size_t count, arcs;
        file >> name >> count >> arcs;
        graph.reserveNode(count);
        graph.reserveArc(arcs);
        for (std::size_t v = 0; v < count; v++) nodes.push_back(graph.addNode());
      } else if (kind == "n") {
        std::size_t v;
        std::int64_t amount;
        file >> v >> amount;
        supply[nodes.at(v - 1)] = amount;
      } else {
        std::size_t from, to;
        std::int64_t low, high, price;
        file >> from >> to >> low >> high >> price;
        const auto arc = graph.addArc(nodes.at(from - 1), nodes.at(to - 1));
        upper[arc] = high;
        cost[arc] = price;
      }
    }
    simplex = std::make_unique<Simplex>(graph);
    simplex->upperMap(upper).costMap(cost).supplyMap(supply);
  }
};

int main() {
  std::unique_ptr<Instance> instance;
  std::cout.precision(17);
  std::cout << "ready" << std::endl;
  for (std::string word; std::cin >> word;) {
    if (word == "load") {
      std::string kind, path;
      std::cin >> kind >> path;
      instance.reset();
      instance = std::make_unique<Instance>(path);
      std::cout << "loaded" << std::endl;
    } else {
      int runs;
      std::cin >> runs;
      auto status = Simplex::INFEASIBLE;
      const auto start = std::clock();
      for (int k = 0; k < runs; k++) status = instance->simplex->run();
      std::cout << 1000.0 * (std::clock() - start) / CLOCKS_PER_SEC / runs << " ";
      if (status == Simplex::OPTIMAL) std::cout << instance->simplex->totalCost<std::int64_t>() << std::endl;
      else std::cout << "nan" << std::endl;
    }
  }
}
